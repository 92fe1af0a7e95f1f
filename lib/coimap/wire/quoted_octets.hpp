#pragma once
// The inner loop of all parsing: most octets of a FETCH response stand in quoted strings.

#if defined(__SSE2__)
#include <bit>
#include <emmintrin.h>
#endif

namespace coimap::wire {

/// Whether the octet stands for itself in a quoted string: 7 bit, no control, quote or backslash.
constexpr bool stands_for_itself(char c) noexcept {
    return c >= ' ' && c != '"' && c != '\\' && c != 0x7f;
}

/// The first octet that does not, or the end. Never looks behind the end.
inline const char* skip_quoted_octets(const char* place, const char* end) noexcept {
#if defined(__SSE2__)
    const __m128i space = _mm_set1_epi8(' ');
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i del = _mm_set1_epi8(0x7f);
    for (; end - place >= 16; place += 16) {
        const __m128i octets = _mm_loadu_si128(reinterpret_cast<const __m128i*>(place));
        // Compared as signed numbers, octets with the high bit are less than a space as well.
        const __m128i special =
            _mm_or_si128(_mm_or_si128(_mm_cmplt_epi8(octets, space), _mm_cmpeq_epi8(octets, quote)),
                         _mm_or_si128(_mm_cmpeq_epi8(octets, backslash), _mm_cmpeq_epi8(octets, del)));
        const auto found = static_cast<unsigned>(_mm_movemask_epi8(special));
        if (found != 0)
            return place + std::countr_zero(found);
    }
#endif
    while (place != end && stands_for_itself(*place))
        ++place;
    return place;
}

} // namespace coimap::wire
