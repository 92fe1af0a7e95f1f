#pragma once
// The small numbers about the selected mailbox (RFC 9051 sections 7.4.1 and 7.5.1, RFC 3501 section 7.3.2).

#include "coimap/wire/response.hpp"

#include <cstdint>

namespace coimap {

/// `* 23 EXISTS`: how many messages there are.
struct exists_data {
    static const wire::rule rule;
    std::uint32_t count = 0;
};

/// `* 5 RECENT` (RFC 3501 only).
struct recent_data {
    static const wire::rule rule;
    std::uint32_t count = 0;
};

/// `* 44 EXPUNGE`: that message is gone and every later one moves down by one.
struct expunge_data {
    static const wire::rule rule;
    std::uint32_t sequence_number = 0;
};

} // namespace coimap
