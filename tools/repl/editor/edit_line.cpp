#include "repl/editor/edit_line.hpp"

#include <utility>

namespace coimap::tools {
namespace {

bool is_continuation(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

} // namespace

void edit_line::set(std::string text) {
    text_ = std::move(text);
    cursor_ = text_.size();
}

void edit_line::insert(std::string_view text) {
    text_.insert(cursor_, text);
    cursor_ += text.size();
}

void edit_line::replace(std::size_t from, std::string_view text) {
    cut(from, cursor_);
    insert(text);
}

std::size_t edit_line::before(std::size_t place) const noexcept {
    while (place > 0 && is_continuation(text_[--place])) {
    }
    return place;
}

std::size_t edit_line::behind(std::size_t place) const noexcept {
    if (place < text_.size())
        ++place;
    while (place < text_.size() && is_continuation(text_[place]))
        ++place;
    return place;
}

std::size_t edit_line::word_before() const noexcept {
    std::size_t place = cursor_;
    while (place > 0 && text_[place - 1] == ' ')
        --place;
    while (place > 0 && text_[place - 1] != ' ')
        --place;
    return place;
}

std::size_t edit_line::word_behind() const noexcept {
    std::size_t place = cursor_;
    while (place < text_.size() && text_[place] == ' ')
        ++place;
    while (place < text_.size() && text_[place] != ' ')
        ++place;
    return place;
}

void edit_line::cut(std::size_t from, std::size_t to) {
    text_.erase(from, to - from);
    cursor_ = from;
}

void edit_line::kill_word() {
    const std::size_t from = word_before();
    killed_ = text_.substr(from, cursor_ - from);
    cut(from, cursor_);
}

void edit_line::kill_line() {
    killed_ = text_.substr(0, cursor_);
    cut(0, cursor_);
}

void edit_line::kill_rest() {
    killed_ = text_.substr(cursor_);
    cut(cursor_, text_.size());
}

} // namespace coimap::tools
