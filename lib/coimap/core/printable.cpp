#include "coimap/core/printable.hpp"

#include "coimap/core/utf8.hpp"

namespace coimap {
namespace {

void append_hex(std::string& text, char kind, unsigned value, int digits) {
    text.push_back('\\');
    text.push_back(kind);
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        text.push_back("0123456789abcdef"[(value >> shift) & 0xf]);
}

// C0, DEL and C1. A terminal obeys C1 as it obeys ESC, in either encoding.
bool is_control_character(char32_t c) noexcept {
    return c < 0x20 || (c >= 0x7f && c <= 0x9f);
}

// What reorders, breaks or hides the text around it, so that a reader sees something else than what is there.
bool is_deceptive(char32_t c) noexcept {
    switch (c) {
    case 0x061c: // Arabic letter mark
    case 0x200e: // left-to-right mark
    case 0x200f: // right-to-left mark
    case 0x2028: // line separator
    case 0x2029: // paragraph separator
    case 0xfeff: // byte order mark
        return true;
    default:
        return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    }
}

} // namespace

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    const char* next = text.data();
    const char* const end = next + text.size();
    while (next != end) {
        const char* const start = next;
        const char32_t c = decode_utf8(next, end);
        if (c == invalid_utf8)
            append_hex(result, 'x', static_cast<unsigned char>(*start), 2);
        else if (is_control_character(c))
            append_hex(result, 'x', c, 2);
        else if (is_deceptive(c))
            append_hex(result, 'u', c, 4);
        else
            result.append(start, next);
    }
    return result;
}

} // namespace coimap
