#pragma once
// `* STATUS mailbox (...)` (RFC 9051 section 7.3.4).

#include "coimap/model/value.hpp"
#include "coimap/wire/response.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace coimap {

/// A STATUS item of an extension.
struct status_extension {
    std::string_view name;
    value parsed;

    friend bool operator==(const status_extension&, const status_extension&) = default;
};

struct status_data {
    static const wire::rule rule;

    std::string_view mailbox;   ///< UTF-8
    std::string_view wire_name; ///< the octets as sent
    std::optional<std::uint32_t> messages;
    std::optional<std::uint32_t> recent;
    std::optional<std::uint32_t> uid_next;
    std::optional<std::uint32_t> uid_validity;
    std::optional<std::uint32_t> unseen;
    std::optional<std::uint32_t> deleted;         ///< RFC 9051
    std::optional<std::uint64_t> size;            ///< RFC 8438
    std::optional<std::uint64_t> highest_modseq;  ///< RFC 7162
    std::optional<std::uint64_t> append_limit;    ///< RFC 7889
    std::optional<std::uint64_t> deleted_storage; ///< RFC 9208
    std::optional<std::string_view> mailbox_id;   ///< RFC 8474
    list<status_extension> extensions;
};

} // namespace coimap
