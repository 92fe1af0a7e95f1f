#pragma once
// One line that is being edited: its text and its cursor. No terminal here.

#include <string>
#include <string_view>

namespace coimap::tools {

class edit_line {
public:
    const std::string& text() const noexcept { return text_; }
    std::size_t cursor() const noexcept { return cursor_; } ///< in octets, always between characters

    void set(std::string text); ///< the cursor goes to its end
    void insert(std::string_view text);
    /// Puts `text` in the place of what stands between `from` and the cursor.
    void replace(std::size_t from, std::string_view text);

    void left() { cursor_ = before(cursor_); }
    void right() { cursor_ = behind(cursor_); }
    void word_left() { cursor_ = word_before(); }
    void word_right() { cursor_ = word_behind(); }
    void home() { cursor_ = 0; }
    void end() { cursor_ = text_.size(); }

    void backspace() { cut(before(cursor_), cursor_); }
    void erase() { cut(cursor_, behind(cursor_)); }
    void kill_word();
    void kill_line();
    void kill_rest();
    void yank() { insert(killed_); }

private:
    std::size_t before(std::size_t place) const noexcept;
    std::size_t behind(std::size_t place) const noexcept;
    std::size_t word_before() const noexcept;
    std::size_t word_behind() const noexcept;
    void cut(std::size_t from, std::size_t to);

    std::string text_;
    std::string killed_;
    std::size_t cursor_ = 0;
};

} // namespace coimap::tools
