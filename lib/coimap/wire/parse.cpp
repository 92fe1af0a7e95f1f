#include "coimap/core/ascii.hpp"
#include "coimap/wire/lexer.hpp"
#include "coimap/wire/literal.hpp"
#include "coimap/wire/response.hpp"
#include "coimap/wire/response_code.hpp"
#include "coimap/wire/rules.hpp"

#include <algorithm>
#include <cstring>
#include <optional>

namespace coimap::wire {

namespace {

std::optional<status> find_status(std::string_view word) noexcept {
    switch (word.size()) {
    case 2:
        if (iequals(word, "OK"))
            return status::ok;
        if (iequals(word, "NO"))
            return status::no;
        break;
    case 3:
        if (iequals(word, "BAD"))
            return status::bad;
        if (iequals(word, "BYE"))
            return status::bye;
        break;
    case 7:
        if (iequals(word, "PREAUTH"))
            return status::preauth;
        break;
    default:
        break;
    }
    return std::nullopt;
}

// Behind the word of the status.
void parse_state(lexer& input, status_response& state) {
    if (!input.take(' ')) {
        if (input.at_end())
            input.defect("text.missing", input.place());
        else
            input.defect("space.missing", input.place());
    }
    parse_text_and_code(input, state);
}

void parse_continuation(lexer& input, response& value) {
    value.type = response::kind::continuation;
    if (!input.take(' '))
        input.defect(input.at_end() ? "continuation.bare" : "space.missing", input.place());
    parse_text_and_code(input, value.state);
}

// `12 ` in front of a name. What is no number of 32 bits leaves a defect and no value.
bool parse_message_number(lexer& input, response& value) {
    const char* const start = input.place();
    input.set_number(true);
    if (input.identity(value.number)) {
        if (!input.sp())
            input.defect("space.missing", start);
        return true;
    }
    input.go_to(start);
    input.word();
    input.defect(input.take_failure("number.out-of-range"), start);
    input.sp();
    return false;
}

// Behind `* `.
void parse_untagged(lexer& input, response& value) {
    bool number_fits = true;
    const char first = input.peek();
    if (is_digit(first) || (first == '-' && is_digit(input.peek(1))))
        number_fits = parse_message_number(input, value);

    if (input.peek() == '[') {
        value.type = response::kind::status;
        input.defect("status.missing", input.place(), input.place());
        parse_text_and_code(input, value.state);
        return;
    }
    const char* const start = input.place();
    value.name = input.word();
    if (const auto found = find_status(value.name)) {
        value.type = response::kind::status;
        value.name = {};
        value.state.status = *found;
        parse_state(input, value.state);
        return;
    }
    if (value.name.empty()) {
        value.type = response::kind::unreadable;
        value.state.text = input.rest();
        input.defect("response.nameless", start, input.end());
        return;
    }
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

bool parse_tagged(lexer& input, response& value) {
    const char* const start = input.place();
    const std::string_view tag = input.word();
    if (!tag.empty() && input.take(' ')) {
        const char* const condition = input.place();
        const auto found = find_status(input.word());
        if (found && *found != status::preauth) {
            value.type = response::kind::tagged;
            value.tag = tag;
            value.state.status = *found;
            if (*found == status::bye)
                input.defect("tagged.bye", condition);
            parse_state(input, value.state);
            return true;
        }
    }
    input.go_to(start);
    return false;
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
    switch (input.peek()) {
    case '*':
        input.take('*');
        if (!input.sp())
            input.defect("space.missing", input.place());
        parse_untagged(input, value);
        return;
    case '+':
        input.take('+');
        parse_continuation(input, value);
        return;
    case '[':
        // A code without `* OK` in front.
        if (is_alpha(input.peek(1)) && input.rest().find(']') != std::string_view::npos) {
            value.type = response::kind::status;
            input.defect("status.missing", input.place(), input.place());
            parse_text_and_code(input, value.state);
            return;
        }
        break;
    default:
        if (parse_tagged(input, value))
            return;
        break;
    }
    value.state.text = input.rest();
    input.defect("line.unreadable", input.place(), input.end());
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
