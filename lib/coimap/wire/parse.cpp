#include "coimap/core/ascii.hpp"
#include "coimap/wire/first_line.hpp"
#include "coimap/wire/lexer.hpp"
#include "coimap/wire/literal.hpp"
#include "coimap/wire/response.hpp"
#include "coimap/wire/response_code.hpp"
#include "coimap/wire/rules.hpp"

#include <algorithm>
#include <cstring>

namespace coimap::wire {

namespace {

status find_status(std::string_view word) noexcept {
    switch (to_upper(word.front())) {
    case 'O':
        return status::ok;
    case 'N':
        return status::no;
    case 'P':
        return status::preauth;
    default:
        return iequals(word, "BAD") ? status::bad : status::bye;
    }
}

// Behind the word of the status, or a continuation's `+`; the text, or its code, begins at `text`.
void parse_state(lexer& input, status_response& state, const char* text, std::string_view missing) {
    const char* const start = input.place();
    if (input.at_end())
        input.defect(missing, start);
    else if (text == start)
        input.defect("space.missing", start);
    else if (text - start > 1)
        input.defect("space.extra", start, text);
    input.go_to(text);
    parse_text_and_code(input, state);
}

// `[CODE] text` without a condition in front.
void parse_bare_code(lexer& input, response& value) {
    value.type = response::kind::status;
    input.defect("status.missing", input.place(), input.place());
    parse_text_and_code(input, value.state);
}

// Exchange's last words, in no form of IMAP, with or without a star in front.
bool parse_last_words(lexer& input, response& value) {
    if (!istarts_with(input.rest(), "Server Unavailable"))
        return false;
    value.type = response::kind::status;
    value.state.status = status::bad;
    value.state.text = input.rest();
    input.defect("status.missing", input.place(), input.place());
    return true;
}

// `12 ` in front of a name. What is no number of 32 bits leaves a defect and no value.
bool parse_message_number(lexer& input, response& value, std::string_view number) {
    const char* const start = input.place();
    const char* const end = start + number.size();
    input.set_number(true);
    const bool fits = input.identity(value.number) && input.place() == end;
    input.go_to(end);
    if (!fits) {
        value.number = 0;
        input.defect(input.take_failure("number.out-of-range"), start);
    }
    if (!input.sp() && fits)
        input.defect("space.missing", start);
    return fits;
}

// Behind the name.
void parse_data(lexer& input, response& value, bool number_fits) {
    value.type = response::kind::data;
    value.rule = find_response_rule(value.name, input.options());
    if (!input.sp() && !input.at_end())
        input.defect("space.missing", input.place());
    value.rest = input.rest();
    if (value.rule == nullptr || !number_fits)
        return;

    const char* const data = input.place();
    value.data = value.rule->parse(input, value.number);
    if (value.data == nullptr) {
        input.defect(input.take_failure("response.malformed"), data, input.end());
        return;
    }
    const char* const behind = input.place();
    while (input.peek() == ' ')
        input.take(' ');
    if (!input.at_end())
        input.defect("response.trailing-octets", behind, input.end());
    else if (input.end()[-1] == ' ')
        input.defect("space.before-line-end", input.end() - 1, input.end());
}

// At `*`.
void parse_untagged(lexer& input, response& value, const first_line& line) {
    const char* const begin = input.place();
    input.take('*');
    if (!input.sp())
        input.defect("space.missing", input.place());
    const bool number_fits = line.number.empty() || parse_message_number(input, value, line.number);
    const char* const start = input.place();
    switch (line.type) {
    case first_line::kind::bare_code:
        parse_bare_code(input, value);
        return;
    case first_line::kind::status:
        input.go_to(start + line.word.size());
        value.type = response::kind::status;
        value.state.status = find_status(line.word);
        parse_state(input, value.state, begin + line.text, "text.missing");
        return;
    case first_line::kind::data:
        if (parse_last_words(input, value))
            return;
        value.name = line.word;
        input.go_to(start + line.word.size());
        parse_data(input, value, number_fits);
        return;
    default:
        value.state.text = input.rest();
        input.defect("response.nameless", start, input.end());
        return;
    }
}

void parse_tagged(lexer& input, response& value, const first_line& line) {
    const char* const begin = input.place();
    value.type = response::kind::tagged;
    value.tag = line.tag;
    value.state.status = find_status(line.word);
    input.go_to(begin + line.tag.size());
    input.sp();
    const char* const condition = input.place();
    input.go_to(condition + line.word.size());
    if (value.state.status == status::bye)
        input.defect("tagged.bye", condition);
    parse_state(input, value.state, begin + line.text, "text.missing");
}

// NUL may stand in a literal only. The octets are kept; nothing ends at it.
void find_nul(lexer& input, std::string_view bytes, std::span<const elided_literal> elided) {
    const auto* place = bytes.data();
    const auto* const end = place + bytes.size();
    while (place != end) {
        const auto* const line_end =
            static_cast<const char*>(std::memchr(place, '\n', static_cast<std::size_t>(end - place)));
        const char* const stop = line_end == nullptr ? end : line_end + 1;
        if (const void* nul = std::memchr(place, '\0', static_cast<std::size_t>(stop - place))) {
            const auto* const at = static_cast<const char*>(nul);
            input.defect("line.nul", at, at + 1);
            return;
        }
        std::string_view line(place, static_cast<std::size_t>(stop - place));
        while (!line.empty() && (line.back() == '\n' || line.back() == '\r'))
            line.remove_suffix(1);
        const literal_marker marker = find_literal_marker(line);
        place = stop;
        if (!marker.size_known || marker.too_large)
            continue;
        const auto at = static_cast<std::size_t>(stop - bytes.data());
        while (!elided.empty() && elided.front().offset < at)
            elided = elided.subspan(1);
        if (elided.empty() || elided.front().offset != at)
            place += std::min<std::uint64_t>(marker.size, static_cast<std::uint64_t>(end - stop));
    }
}

void parse_line(lexer& input, response& value) {
    if (input.at_end()) {
        input.defect("blank-line", input.place());
        return;
    }
    const char* const begin = input.place();
    const first_line line = read_first_line(input.rest());
    if (*begin == '*') {
        parse_untagged(input, value, line);
        return;
    }
    switch (line.type) {
    case first_line::kind::continuation:
        value.type = response::kind::continuation;
        input.take('+');
        parse_state(input, value.state, begin + line.text, "continuation.bare");
        return;
    case first_line::kind::bare_code:
        parse_bare_code(input, value);
        return;
    case first_line::kind::tagged:
        parse_tagged(input, value, line);
        return;
    default:
        if (parse_last_words(input, value))
            return;
        value.state.text = input.rest();
        input.defect("line.unreadable", begin, input.end());
        return;
    }
}

} // namespace

response parse_response(std::string_view bytes, arena& memory, const parse_options& options,
                        std::span<const elided_literal> elided) {
    response value;
    value.bytes = bytes;
    lexer input(bytes, memory, options, elided);

    if (bytes.empty() || bytes.back() != '\n')
        input.defect("line-end.missing", input.end(), input.end());
    else if (bytes.size() < 2 || bytes[bytes.size() - 2] != '\r')
        input.defect("line-end.lf", input.end(), input.end() + 1);
    if (!bytes.empty() && std::memchr(bytes.data(), '\0', bytes.size()) != nullptr) {
        while (!input.at_end() && *input.place() == '\0')
            input.go_to(input.place() + 1);
        if (input.offset(input.place()) != 0)
            input.defect("line.leading-nul", bytes.data());
        else
            find_nul(input, bytes, elided);
    }
    parse_line(input, value);
    value.defects = input.defects();
    value.limit = input.limit();
    return value;
}

} // namespace coimap::wire
