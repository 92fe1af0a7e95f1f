#pragma once
// `* LIST`, `* LSUB` and `* XLIST`: one mailbox (RFC 9051 section 7.3.1, RFC 3501 section 7.2.3).

#include "coimap/core/arena.hpp"
#include "coimap/model/value.hpp"
#include "coimap/wire/response.hpp"

#include <string_view>

namespace coimap {

/// Extended data behind the name that has no field of its own (RFC 5258: mbox-list-extended-item).
struct list_extension {
    std::string_view name;
    value parsed;

    friend bool operator==(const list_extension&, const list_extension&) = default;
};

struct list_data {
    static const wire::rule rule;

    list<std::string_view> attributes; ///< as sent: "\HasNoChildren", "\Sent"
    std::optional<char> delimiter;     ///< of the hierarchy; nothing for a flat name
    std::string_view mailbox;          ///< UTF-8; the octets as sent where they are no valid modified UTF-7
    std::string_view wire_name;        ///< the octets as sent
    list<std::string_view> child_info; ///< CHILDINFO: "SUBSCRIBED", ...
    std::string_view old_name;         ///< OLDNAME (RFC 9051): UTF-8; empty when absent
    list<list_extension> extensions;

    bool has(std::string_view attribute) const noexcept; ///< without case
};

/// The same answer to LSUB.
struct lsub_data : list_data {
    static const wire::rule rule;
};

/// The same answer to XLIST, Gmail's forerunner of SPECIAL-USE.
struct xlist_data : list_data {
    static const wire::rule rule;
};

} // namespace coimap
