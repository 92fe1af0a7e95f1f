#pragma once
// Response codes that carry one number (RFC 9051 section 7.1, RFC 7162 section 3.1.2, RFC 8438, RFC 7889).

#include "coimap/wire/response.hpp"

#include <cstdint>

namespace coimap {

struct uid_next_code {
    static const wire::rule rule;
    std::uint32_t value = 0; ///< 0: the server sent none that is legal
};
struct uid_validity_code {
    static const wire::rule rule;
    std::uint32_t value = 0; ///< 0: unknown; nothing may be cached under it
};
/// `[UNSEEN 12]` (RFC 3501): the first message without \Seen.
struct unseen_code {
    static const wire::rule rule;
    std::uint32_t value = 0;
};
struct highest_modseq_code {
    static const wire::rule rule;
    std::uint64_t value = 0; ///< 1 to 2^63-1; 0: none
};

} // namespace coimap
