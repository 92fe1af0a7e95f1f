#pragma once
// The marker in front of a literal, `{12}` CRLF, as servers write it (RFC 9051 section 9: literal, literal8),
// shared by the framer, which finds it from behind, and the lexer, which reads it from the front.

#include <cstdint>
#include <string_view>

namespace coimap::wire {

struct literal_marker {
    bool size_known = false; ///< false: there is no marker here
    bool too_large = false;  ///< beyond 2^63-1
    std::uint64_t size = 0;
    const char* end = nullptr; ///< where the octets begin (front) or nothing (from behind)
    bool binary = false;
    bool non_synchronizing = false; ///< `{3+}`: only clients may
    bool negative = false;          ///< `{-1}`: 0 is meant
    bool spaces = false;            ///< between the brace and the line end
    bool bare_lf = false;
};

/// The marker that starts at `place`, with its line end; `end` is where the input ends.
literal_marker read_literal_marker(const char* place, const char* end) noexcept;

/// The marker that ends a line, given without its CRLF.
literal_marker find_literal_marker(std::string_view line) noexcept;

} // namespace coimap::wire
