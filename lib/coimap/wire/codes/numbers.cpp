#include "coimap/wire/codes/numbers.hpp"

#include "coimap/wire/lexer.hpp"

namespace coimap {

namespace {

// What is no legal number stands as 0, with a defect: the caller sees that the server said something, and
// that nothing can be built on it.
template<class Code>
const void* parse(wire::lexer& input, std::uint32_t) {
    auto* const code = input.memory().make<Code>();
    const char* const start = input.place();
    const std::size_t defects = input.defect_count();
    bool fits = false;
    if constexpr (sizeof(code->value) == 4)
        fits = input.number(code->value);
    else
        fits = input.number64(code->value);
    if (!fits) {
        input.go_to(start);
        if (!is_digit(input.peek()))
            return nullptr;
        code->value = 0;
        input.skip_number(start);
        return code;
    }
    if (code->value == 0 && input.defect_count() == defects)
        input.defect("number.zero", start);
    return code;
}

template<class Code>
void describe_value(value_sink& sink, const void* data) {
    field(sink, "value", static_cast<const Code*>(data)->value);
}

} // namespace

constinit const wire::rule uid_next_code::rule{"UIDNEXT", parse<uid_next_code>,
                                               describe_value<uid_next_code>};
constinit const wire::rule uid_validity_code::rule{"UIDVALIDITY", parse<uid_validity_code>,
                                                   describe_value<uid_validity_code>};
constinit const wire::rule unseen_code::rule{"UNSEEN", parse<unseen_code>, describe_value<unseen_code>};
constinit const wire::rule highest_modseq_code::rule{"HIGHESTMODSEQ", parse<highest_modseq_code>,
                                                     describe_value<highest_modseq_code>};

} // namespace coimap
