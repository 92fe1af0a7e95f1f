#include "coimap/core/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace coimap {
namespace {

constexpr unsigned octet(char c) noexcept {
    return static_cast<unsigned char>(c);
}

constexpr bool is_continuation(char c) noexcept {
    return (octet(c) & 0xc0) == 0x80;
}

constexpr bool is_scalar_value(char32_t c) noexcept {
    return c < 0xd800 || (c > 0xdfff && c <= 0x10ffff);
}

} // namespace

char32_t decode_utf8(const char*& next, const char* end) noexcept {
    const unsigned lead = octet(*next++);
    if (lead < 0x80)
        return lead;

    int more = 0;
    char32_t value = 0;
    char32_t least = 0; // what is smaller had a shorter form
    if (lead >= 0xc2 && lead <= 0xdf)
        more = 1, value = lead & 0x1f, least = 0x80;
    else if (lead >= 0xe0 && lead <= 0xef)
        more = 2, value = lead & 0x0f, least = 0x800;
    else if (lead >= 0xf0 && lead <= 0xf4)
        more = 3, value = lead & 0x07, least = 0x10000;
    else
        return invalid_utf8;

    if (end - next < more)
        return invalid_utf8;
    for (int i = 0; i < more; ++i) {
        if (!is_continuation(next[i]))
            return invalid_utf8;
        value = (value << 6) | (octet(next[i]) & 0x3f);
    }
    if (value < least || !is_scalar_value(value))
        return invalid_utf8;
    next += more;
    return value;
}

bool is_utf8(std::string_view text) noexcept {
    const char* next = text.data();
    const char* const end = next + text.size();
    while (next != end) {
        while (end - next >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, next, sizeof word);
            if ((word & 0x8080808080808080u) != 0)
                break;
            next += sizeof word;
        }
        if (next != end && decode_utf8(next, end) == invalid_utf8)
            return false;
    }
    return true;
}

void append_utf8(std::string& text, char32_t code_point) {
    if (!is_scalar_value(code_point))
        code_point = replacement_character;
    const auto push = [&text](char32_t value) { text.push_back(static_cast<char>(value)); };
    const auto push_continuation = [&](int shift) { push(0x80 | ((code_point >> shift) & 0x3f)); };
    if (code_point < 0x80) {
        push(code_point);
    } else if (code_point < 0x800) {
        push(0xc0 | (code_point >> 6));
        push_continuation(0);
    } else if (code_point < 0x10000) {
        push(0xe0 | (code_point >> 12));
        push_continuation(6);
        push_continuation(0);
    } else {
        push(0xf0 | (code_point >> 18));
        push_continuation(12);
        push_continuation(6);
        push_continuation(0);
    }
}

} // namespace coimap
