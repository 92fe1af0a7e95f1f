#include "common/terminal.hpp"

#include "coimap/core/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <sys/ioctl.h>
#include <unistd.h>

namespace coimap::tools {
namespace {

struct block {
    char32_t first;
    char32_t last;
};

// The blocks that mail has in it; a terminal's own tables are longer.
constexpr std::array combining{
    block{0x0300, 0x036f}, block{0x0483, 0x0489},   block{0x0591, 0x05bd}, block{0x0610, 0x061a},
    block{0x064b, 0x065f}, block{0x0e31, 0x0e31},   block{0x0e34, 0x0e3a}, block{0x1ab0, 0x1aff},
    block{0x1dc0, 0x1dff}, block{0x200b, 0x200d},   block{0x20d0, 0x20ff}, block{0xfe00, 0xfe0f},
    block{0xfe20, 0xfe2f}, block{0xe0100, 0xe01ef},
};
constexpr std::array wide{
    block{0x1100, 0x115f},   block{0x2e80, 0x303e},   block{0x3041, 0xa4cf},   block{0xa960, 0xa97f},
    block{0xac00, 0xd7a3},   block{0xf900, 0xfaff},   block{0xfe30, 0xfe6f},   block{0xff00, 0xff60},
    block{0xffe0, 0xffe6},   block{0x1f300, 0x1f64f}, block{0x1f680, 0x1f6ff}, block{0x1f900, 0x1f9ff},
    block{0x20000, 0x3fffd},
};

template<std::size_t N>
bool is_in(const std::array<block, N>& blocks, char32_t c) noexcept {
    const auto place = std::lower_bound(blocks.begin(), blocks.end(), c,
                                        [](const block& each, char32_t value) { return each.last < value; });
    return place != blocks.end() && place->first <= c;
}

} // namespace

bool is_terminal(int descriptor) noexcept {
    return ::isatty(descriptor) == 1;
}

bool wants_colours(int descriptor) noexcept {
    const char* const refused = std::getenv("NO_COLOR");
    const char* const kind = std::getenv("TERM");
    return is_terminal(descriptor) && (refused == nullptr || *refused == '\0') && kind != nullptr &&
           std::string_view(kind) != "dumb";
}

std::size_t terminal_width(int descriptor) noexcept {
    winsize size{};
    if (!is_terminal(descriptor))
        return 0;
    return ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

std::size_t display_width(char32_t c) noexcept {
    if (c < 0x300)
        return 1;
    if (is_in(combining, c))
        return 0;
    return is_in(wide, c) ? 2 : 1;
}

std::size_t display_width(std::string_view utf8) noexcept {
    std::size_t columns = 0;
    const char* next = utf8.data();
    const char* const end = next + utf8.size();
    while (next != end)
        columns += display_width(decode_utf8(next, end));
    return columns;
}

std::string fit(std::string_view utf8, std::size_t columns) {
    if (utf8.size() <= columns || display_width(utf8) <= columns)
        return std::string(utf8);
    std::size_t used = 0;
    const char* next = utf8.data();
    const char* const end = next + utf8.size();
    const char* kept = next;
    while (next != end) {
        used += display_width(decode_utf8(next, end));
        if (used + 1 > columns)
            break;
        kept = next;
    }
    return std::string(utf8.data(), kept) + "…";
}

std::string painter::paint(std::string_view code, std::string_view text) const {
    if (!colours_)
        return std::string(text);
    std::string painted("\x1b[");
    painted.append(code).append("m").append(text).append("\x1b[0m");
    return painted;
}

} // namespace coimap::tools
