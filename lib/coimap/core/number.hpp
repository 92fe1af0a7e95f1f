#pragma once
// Decimal numbers as IMAP writes them (RFC 9051 section 9: `number`, `number64`): digits only, no sign, no
// space, no locale.

#include "coimap/core/ascii.hpp"

#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace coimap {

/// The value, or nothing when the text is empty, holds anything but digits, or does not fit into 64 bits.
/// Leading zeros are accepted. Whoever needs 32 bits, or a number that is not zero, checks that.
constexpr std::optional<std::uint64_t> parse_number(std::string_view text) noexcept {
    if (text.empty())
        return std::nullopt;
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t value = 0;
    for (const char c : text) {
        if (!is_digit(c))
            return std::nullopt;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (value > most / 10 || value * 10 > most - digit)
            return std::nullopt;
        value = value * 10 + digit;
    }
    return value;
}

inline void append_number(std::string& text, std::uint64_t value) {
    char digits[20]; // 2^64-1 has twenty
    const auto written = std::to_chars(digits, digits + sizeof digits, value);
    text.append(digits, written.ptr);
}

} // namespace coimap
