#include "coimap/sasl/saslprep.hpp"

#include "coimap/core/secret.hpp"
#include "coimap/core/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace coimap::sasl {
namespace {

struct range {
    char32_t first;
    char32_t last;
};

// Tables of RFC 3454, as RFC 4013 chooses them.

// C.1.2: spaces. U+200B stands in B.1 as well; others treat it as a space, and both sides have to agree.
constexpr range spaces[] = {{0x00a0, 0x00a0}, {0x1680, 0x1680}, {0x2000, 0x200b},
                            {0x202f, 0x202f}, {0x205f, 0x205f}, {0x3000, 0x3000}};

// B.1: commonly mapped to nothing.
constexpr range dropped[] = {{0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x1806, 0x1806}, {0x180b, 0x180d},
                             {0x200c, 0x200d}, {0x2060, 0x2060}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}};

// C.2.1, C.2.2, C.3, C.4, C.6, C.7, C.8 and C.9, less what was dropped above; C.4's last two of each plane
// are computed, and surrogates (C.5) are not in UTF-8.
constexpr range prohibited[] = {
    {0x0000, 0x001f},   {0x007f, 0x009f},   {0x0340, 0x0341},   {0x06dd, 0x06dd},    {0x070f, 0x070f},
    {0x180e, 0x180e},   {0x200e, 0x200f},   {0x2028, 0x202e},   {0x2061, 0x2063},    {0x206a, 0x206f},
    {0x2ff0, 0x2ffb},   {0xe000, 0xf8ff},   {0xfdd0, 0xfdef},   {0xfff9, 0xfffd},    {0x1d173, 0x1d17a},
    {0xe0001, 0xe0001}, {0xe0020, 0xe007f}, {0xf0000, 0xffffd}, {0x100000, 0x10fffd}};

template<class Table>
bool contains(const Table& table, char32_t c) noexcept {
    return std::any_of(std::begin(table), std::end(table),
                       [c](const range& each) { return c >= each.first && c <= each.last; });
}

bool is_prohibited(char32_t c) noexcept {
    return (c & 0xfffe) == 0xfffe || contains(prohibited, c);
}

} // namespace

result<std::string> saslprep(std::string_view text) {
    std::string prepared;
    // It never grows, so that no reallocation leaves a copy behind.
    prepared.reserve(text.size());
    const auto refuse = [&prepared](errc code) {
        wipe(prepared);
        return code;
    };
    const char* next = text.data();
    const char* const end = next + text.size();
    while (next != end) {
        const char* const start = next;
        const char32_t c = decode_utf8(next, end);
        if (c == invalid_utf8)
            return refuse(errc::bad_utf8);
        if (contains(spaces, c))
            prepared.push_back(' ');
        else if (is_prohibited(c))
            return refuse(errc::invalid_argument);
        else if (!contains(dropped, c))
            prepared.append(start, next);
    }
    return prepared;
}

} // namespace coimap::sasl
