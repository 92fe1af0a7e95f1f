#pragma once
// UIDPLUS (RFC 4315, RFC 9051 section 7.1): where appended and copied messages are.

#include "coimap/model/number_set.hpp"
#include "coimap/wire/response.hpp"

#include <cstdint>

namespace coimap {

struct append_uid_code {
    static const wire::rule rule;
    std::uint32_t uid_validity = 0;
    range_list uids; ///< several for MULTIAPPEND
};

/// Sources and destinations correspond one to one, in the order as sent; never expanded.
struct copy_uid_code {
    static const wire::rule rule;
    std::uint32_t uid_validity = 0; ///< of the destination
    range_list source;
    range_list destination;
};

/// `[MODIFIED 7,9]` (RFC 7162 section 3.1.3): not stored, since changed meanwhile.
struct modified_code {
    static const wire::rule rule;
    range_list numbers; ///< UIDs in the answer to a UID command
};

} // namespace coimap
