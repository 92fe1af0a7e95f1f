#include "coimap/wire/response_code.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/wire/first_line.hpp"
#include "coimap/wire/rules.hpp"

namespace coimap::wire {

namespace {

// From behind the name to the bracket that closes the code, over literals. False when there is none: then the
// place is the end of the line, or of the response where literals were among the arguments.
bool find_bracket(lexer& input, bool& literals) {
    code_scanner scanner;
    for (;;) {
        const std::string_view rest = input.rest();
        const std::string_view line = rest.substr(0, rest.find('\n'));
        std::string_view stretch = line;
        if (line.size() != rest.size() && line.ends_with('\r'))
            stretch.remove_suffix(1);
        const char* const start = input.place();
        const std::size_t bracket = scanner.find_bracket(stretch);
        if (bracket != code_scanner::npos) {
            input.go_to(start + bracket);
            return true;
        }
        const std::size_t marker = code_scanner::find_literal(stretch);
        if (line.size() == rest.size() || marker == code_scanner::npos)
            return false;
        input.go_to(start + marker);
        literal_text literal;
        if (!input.literal(literal)) {
            input.take_failure({});
            return false;
        }
        literals = true;
    }
}

// The arguments of a known code, up to the end of the lexer.
bool parse_arguments(lexer& input, const rule& known, response_code& code) {
    if (!code.arguments.empty())
        input.sp();
    const std::size_t defects = input.defect_count();
    const void* const data = known.parse(input, 0);
    const char* const behind = input.place();
    while (data != nullptr && input.peek() == ' ')
        input.go_to(input.place() + 1);
    if (data == nullptr || !input.at_end()) {
        input.forget_defects(defects);
        return false;
    }
    if (behind != input.end() || input.end()[-1] == ' ')
        input.defect("space.before-bracket", behind == input.end() ? behind - 1 : behind, input.end());
    code.rule = &known;
    code.data = data;
    return true;
}

// At the place of `[`. False when this is no code at all.
bool parse_code(lexer& input, response_code& code) {
    const char* const bracket = input.place();
    if (input.peek() != '[')
        return false;
    code.name = read_code_name(input.rest());
    if (code.name.empty()) {
        input.defect("response-code.invalid", bracket, input.end());
        return false;
    }
    input.go_to(bracket + 1 + code.name.size());
    const char* const behind = input.place();
    const char* const first = behind + (input.peek() == ' ' ? 1 : 0);
    bool literals = false;
    if (!find_bracket(input, literals)) {
        // What the framer took for literals was no text.
        if (literals)
            input.go_to(input.end());
        input.defect("response-code.unclosed", bracket, input.end());
        code.arguments = {first, static_cast<std::size_t>(input.end() - first)};
        return literals;
    }
    const char* const close = input.place();
    code.arguments = {first, static_cast<std::size_t>(close - first)};
    if (const rule* known = find_code_rule(code.name, input.options())) {
        const char* const end = input.end_at(close);
        input.go_to(behind);
        const bool fits = parse_arguments(input, *known, code);
        input.end_at(end);
        input.go_to(close);
        if (!fits) {
            input.go_to(close + 1);
            input.defect(input.take_failure("response-code.arguments"), bracket);
            return true;
        }
    }
    input.go_to(close + 1);
    return true;
}

} // namespace

bool response_code::is(std::string_view other) const noexcept {
    return iequals(name, other);
}

void parse_text_and_code(lexer& input, status_response& state) {
    if (input.peek() == '[') {
        const char* const start = input.place();
        if (parse_code(input, state.code)) {
            if (input.peek() == ' ')
                input.take(' ');
            else if (!input.at_end())
                input.defect("space.missing", input.place());
        } else {
            state.code = {};
            input.go_to(start);
        }
    }
    state.text = input.rest();
    input.go_to(input.end());
}

} // namespace coimap::wire
