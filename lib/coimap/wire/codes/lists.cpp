#include "coimap/wire/codes/lists.hpp"

#include "coimap/wire/grammar.hpp"

namespace coimap {

namespace {

using wire::lexer;

const void* parse_permanent_flags(lexer& input, std::uint32_t) {
    auto* const code = input.memory().make<permanent_flags_code>();
    return wire::parse_flag_list(input, code->flags, wire::flag_context::permanent) ? code : nullptr;
}

const void* parse_bad_charset(lexer& input, std::uint32_t) {
    auto* const code = input.memory().make<bad_charset_code>();
    if (input.at_end())
        return code; // the list is optional
    return wire::parse_string_list(input, code->charsets) ? code : nullptr;
}

const void* parse_capability(lexer& input, std::uint32_t) {
    auto* const code = input.memory().make<capability_code>();
    return wire::parse_words(input, code->names) ? code : nullptr;
}

void describe_permanent_flags(value_sink& sink, const void* data) {
    field(sink, "flags", static_cast<const permanent_flags_code*>(data)->flags);
}

void describe_bad_charset(value_sink& sink, const void* data) {
    field(sink, "charsets", static_cast<const bad_charset_code*>(data)->charsets);
}

void describe_capability(value_sink& sink, const void* data) {
    field(sink, "names", static_cast<const capability_code*>(data)->names);
}

} // namespace

constinit const wire::rule permanent_flags_code::rule{"PERMANENTFLAGS", parse_permanent_flags,
                                                      describe_permanent_flags};
constinit const wire::rule bad_charset_code::rule{"BADCHARSET", parse_bad_charset, describe_bad_charset};
constinit const wire::rule capability_code::rule{"CAPABILITY", parse_capability, describe_capability};

} // namespace coimap
