#include "coimap/wire/response_code.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/wire/rules.hpp"

namespace coimap::wire {

namespace {

// Goes to the bracket that closes the code, over literals; false when there is none.
bool find_bracket(lexer& input) {
    while (!input.at_end()) {
        const char c = input.peek();
        if (c == ']')
            return true;
        literal_text literal;
        if (!input.at_literal()) {
            input.go_to(input.place() + 1);
        } else if (!input.literal(literal)) {
            input.take_failure({});
            input.go_to(input.place() + 1);
        }
    }
    return false;
}

// At `[`. False when this is no code at all.
bool parse_code(lexer& input, response_code& code) {
    const char* const bracket = input.place();
    input.take('[');
    code.name = input.atom();
    if (code.name.empty() || (input.peek() != ' ' && input.peek() != ']')) {
        input.defect("response-code.invalid", bracket, input.end());
        return false;
    }
    const bool arguments = input.peek() == ' ';
    const char* const first = input.place() + (arguments ? 1 : 0);

    if (const rule* known = find_code_rule(code.name, input.options())) {
        if (arguments)
            input.sp();
        const std::size_t defects = input.defect_count();
        const void* data = known->parse(input, 0);
        const char* const behind = input.place();
        if (data != nullptr)
            while (input.peek() == ' ')
                input.go_to(input.place() + 1);
        if (data != nullptr && input.peek() == ']') {
            if (input.place() != behind)
                input.defect("space.before-bracket", behind);
            code.rule = known;
            code.data = data;
            code.arguments = {first, static_cast<std::size_t>(input.place() - first)};
            input.take(']');
            return true;
        }
        input.forget_defects(defects);
        input.go_to(first);
    }
    if (!find_bracket(input)) {
        input.take_failure({});
        input.defect("response-code.unclosed", bracket);
        return false;
    }
    code.arguments = input.since(first);
    input.take(']');
    if (find_code_rule(code.name, input.options()) != nullptr)
        input.defect(input.take_failure("response-code.arguments"), bracket);
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
