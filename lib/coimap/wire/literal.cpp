#include "coimap/wire/literal.hpp"

#include "coimap/core/ascii.hpp"

#include <limits>

namespace coimap::wire {

namespace {

constexpr std::uint64_t most_octets = std::numeric_limits<std::int64_t>::max();

void add_digit(literal_marker& marker, char c) noexcept {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (marker.too_large || marker.size > (most_octets - digit) / 10)
        marker.too_large = true;
    else
        marker.size = marker.size * 10 + digit;
}

} // namespace

literal_marker read_literal_marker(const char* place, const char* end) noexcept {
    literal_marker marker;
    if (place != end && *place == '~') {
        marker.binary = true;
        ++place;
    }
    if (place == end || *place != '{')
        return marker;
    ++place;
    if (place != end && *place == '-') {
        marker.negative = true;
        ++place;
    }
    const char* const digits = place;
    for (; place != end && is_digit(*place); ++place)
        add_digit(marker, *place);
    if (place == digits)
        return marker;
    if (place != end && *place == '+') {
        marker.non_synchronizing = true;
        ++place;
    }
    if (place == end || *place != '}')
        return marker;
    ++place;
    for (; place != end && *place == ' '; ++place)
        marker.spaces = true;
    marker.bare_lf = true;
    if (place != end && *place == '\r') {
        marker.bare_lf = false;
        ++place;
    }
    if (place == end || *place != '\n')
        return marker;
    marker.end = place + 1;
    if (marker.negative)
        marker.size = 0;
    marker.size_known = !marker.too_large || marker.negative;
    return marker;
}

literal_marker find_literal_marker(std::string_view line) noexcept {
    literal_marker marker;
    std::size_t end = line.size();
    while (end > 0 && line[end - 1] == ' ')
        --end;
    if (end < 3 || line[end - 1] != '}')
        return marker;
    --end;
    if (line[end - 1] == '+')
        --end;
    std::size_t start = end;
    while (start > 0 && is_digit(line[start - 1]))
        --start;
    if (start == end)
        return marker;
    const std::string_view digits = line.substr(start, end - start);
    if (start > 0 && line[start - 1] == '-') {
        marker.negative = true;
        --start;
    }
    if (start == 0 || line[start - 1] != '{')
        return marker;
    marker.size_known = true;
    if (marker.negative)
        return marker;
    for (const char c : digits)
        add_digit(marker, c);
    return marker;
}

} // namespace coimap::wire
