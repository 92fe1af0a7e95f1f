#include "coimap/wire/codes/uidplus.hpp"

#include "coimap/wire/grammar.hpp"

namespace coimap {

namespace {

using wire::lexer;

bool parse_append_uid(lexer& input, append_uid_code& code) {
    if (!input.nz_number(code.uid_validity))
        return false;
    return (input.sp() || input.fail("space.missing")) && wire::parse_number_set(input, code.uids);
}

bool parse_copy_uid(lexer& input, copy_uid_code& code) {
    return input.nz_number(code.uid_validity) && (input.sp() || input.fail("space.missing")) &&
           wire::parse_number_set(input, code.source) && (input.sp() || input.fail("space.missing")) &&
           wire::parse_number_set(input, code.destination);
}

bool parse_modified(lexer& input, modified_code& code) {
    return wire::parse_number_set(input, code.numbers);
}

template<class Code, bool (*Parse)(lexer&, Code&)>
const void* parse(lexer& input, std::uint32_t) {
    auto* const code = input.memory().make<Code>();
    return Parse(input, *code) ? code : nullptr;
}

void describe_append_uid(value_sink& sink, const void* data) {
    const auto& code = *static_cast<const append_uid_code*>(data);
    field(sink, "uid_validity", code.uid_validity);
    field(sink, "uids", code.uids);
}

void describe_copy_uid(value_sink& sink, const void* data) {
    const auto& code = *static_cast<const copy_uid_code*>(data);
    field(sink, "uid_validity", code.uid_validity);
    field(sink, "source", code.source);
    field(sink, "destination", code.destination);
}

void describe_modified(value_sink& sink, const void* data) {
    field(sink, "numbers", static_cast<const modified_code*>(data)->numbers);
}

} // namespace

constinit const wire::rule append_uid_code::rule{"APPENDUID", parse<append_uid_code, parse_append_uid>,
                                                 describe_append_uid};
constinit const wire::rule copy_uid_code::rule{"COPYUID", parse<copy_uid_code, parse_copy_uid>,
                                               describe_copy_uid};
constinit const wire::rule modified_code::rule{"MODIFIED", parse<modified_code, parse_modified>,
                                               describe_modified};

} // namespace coimap
