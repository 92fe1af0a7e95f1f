#include "coimap/wire/first_line.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/wire/lexer.hpp"
#include "coimap/wire/literal.hpp"

#include <algorithm>

namespace coimap::wire {

namespace {

// A cursor over one line.
struct cursor {
    std::string_view line;
    std::size_t place = 0;

    char peek(std::size_t ahead = 0) const noexcept {
        return place + ahead < line.size() ? line[place + ahead] : '\0';
    }
    void spaces() noexcept {
        while (peek() == ' ')
            ++place;
    }
    std::string_view word() noexcept {
        const std::size_t start = place;
        while (place < line.size() && is_octet(line[place], word_octet))
            ++place;
        return line.substr(start, place - start);
    }
    // `12`, `-1`, and what no number is but begins like one: `9.3e+06`.
    std::string_view number() noexcept {
        const std::size_t start = place;
        if (!is_digit(peek()) && !(peek() == '-' && is_digit(peek(1))))
            return {};
        for (++place; is_digit(peek());)
            ++place;
        if (peek() == '.')
            word();
        return line.substr(start, place - start);
    }
    // Behind the condition. More spaces than one belong to the text, but not to a code behind them.
    std::size_t text() const noexcept {
        cursor behind = *this;
        behind.spaces();
        if (behind.peek() == '[')
            return behind.place;
        return place + (peek() == ' ' ? 1 : 0);
    }
};

bool is_condition(std::string_view word) noexcept {
    return iequals(word, "OK") || iequals(word, "NO") || iequals(word, "BAD") || iequals(word, "BYE");
}

// Behind a quote: where the string ends whose quote this is; npos when it does not.
std::size_t find_quote(std::string_view stretch, std::size_t place) noexcept {
    for (; place < stretch.size(); ++place) {
        if (stretch[place] == '\\' && place + 1 < stretch.size() &&
            (stretch[place + 1] == '"' || stretch[place + 1] == '\\')) {
            ++place;
        } else if (stretch[place] == '"') {
            const char next = place + 1 < stretch.size() ? stretch[place + 1] : ' ';
            if (next == ' ' || next == ')' || next == ']')
                return place;
        }
    }
    return std::string_view::npos;
}

} // namespace

first_line read_first_line(std::string_view line) noexcept {
    using kind = first_line::kind;
    line = line.substr(0, line.find('\n'));
    line = line.substr(0, line.find('\r'));
    cursor input{line};
    first_line found;
    switch (input.peek()) {
    case '+':
        found.type = kind::continuation;
        input.place = 1;
        found.text = input.text();
        return found;
    case '*':
        input.place = 1;
        found.tag = line.substr(0, 1);
        input.spaces();
        found.number = input.number();
        input.spaces();
        if (input.peek() == '[') {
            found.type = kind::bare_code;
            found.text = input.place;
            return found;
        }
        found.word = input.word();
        if (is_condition(found.word) || iequals(found.word, "PREAUTH")) {
            found.type = kind::status;
            found.text = input.text();
        } else if (!found.word.empty()) {
            found.type = kind::data;
        }
        return found;
    case '[':
        // A code without `* OK` in front.
        if (is_alpha(input.peek(1)) && line.find(']') != std::string_view::npos) {
            found.type = kind::bare_code;
            return found;
        }
        break;
    default:
        break;
    }
    const std::string_view tag = input.word();
    input.spaces();
    const std::string_view word = input.word();
    if (!tag.empty() && is_condition(word)) {
        found.type = kind::tagged;
        found.tag = tag;
        found.word = word;
        found.text = input.text();
    }
    return found;
}

std::string_view read_code_name(std::string_view text) noexcept {
    std::size_t size = 0;
    if (text.empty() || text.front() != '[')
        return {};
    text.remove_prefix(1);
    while (size < text.size() && is_octet(text[size], atom_octet))
        ++size;
    const bool ends = size < text.size() && (text[size] == ' ' || text[size] == ']');
    return text.substr(0, ends ? size : 0);
}

std::size_t code_scanner::find_bracket(std::string_view stretch) noexcept {
    const auto starts_value = [&](std::size_t place) {
        return place == 0 || stretch[place - 1] == ' ' || stretch[place - 1] == '(';
    };
    std::size_t in_list = npos;
    bool quotes = true; // the last one closed, so that the next may
    for (std::size_t place = 0; place < stretch.size(); ++place) {
        const char c = stretch[place];
        if (c == ']') {
            if (depth_ == 0)
                return place;
            in_list = std::min(in_list, place);
        } else if (c == '(' && starts_value(place)) {
            ++depth_;
        } else if (c == ')' && depth_ > 0) {
            --depth_;
        } else if (c == '"' && quotes && starts_value(place)) {
            const std::size_t quote = find_quote(stretch, place + 1);
            quotes = quote != npos;
            place = quotes ? quote : place;
        }
    }
    // Quotes and parentheses that do not close, or not where they should: the first bracket is as good.
    if (in_list != npos)
        return in_list;
    return find_literal(stretch) == npos ? stretch.find(']') : npos;
}

std::size_t code_scanner::find_literal(std::string_view stretch) noexcept {
    const literal_marker marker = find_literal_marker(stretch);
    if (!marker.size_known && !marker.too_large)
        return npos;
    std::size_t place = stretch.rfind('{');
    if (place > 0 && stretch[place - 1] == '~')
        --place;
    return place > 0 && (stretch[place - 1] == ' ' || stretch[place - 1] == '(') ? place : npos;
}

} // namespace coimap::wire
