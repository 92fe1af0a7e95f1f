#pragma once
// What stands on the other side of a file descriptor, and how wide text is there.

#include <cstddef>
#include <string>
#include <string_view>

namespace coimap::tools {

bool is_terminal(int descriptor) noexcept;

/// Colours are for terminals, unless NO_COLOR is set (https://no-color.org) or TERM is dumb.
bool wants_colours(int descriptor) noexcept;

/// Columns of the terminal; 0 when it is none.
std::size_t terminal_width(int descriptor) noexcept;

/// Columns that UTF-8 text takes: 2 for wide characters, 0 for combining ones. Independent of the locale.
std::size_t display_width(std::string_view utf8) noexcept;

/// Columns of one character.
std::size_t display_width(char32_t character) noexcept;

/// The text cut to so many columns, with an ellipsis where something is missing.
std::string fit(std::string_view utf8, std::size_t columns);

/// Text in the terminal's colours, or as it is.
class painter {
public:
    explicit painter(bool colours = false) : colours_(colours) {}

    std::string bold(std::string_view text) const { return paint("1", text); }
    std::string dim(std::string_view text) const { return paint("2", text); }
    std::string red(std::string_view text) const { return paint("31", text); }
    std::string green(std::string_view text) const { return paint("32", text); }
    std::string yellow(std::string_view text) const { return paint("33", text); }
    bool colours() const noexcept { return colours_; }

private:
    std::string paint(std::string_view code, std::string_view text) const;

    bool colours_;
};

} // namespace coimap::tools
