#include "coimap/wire/responses/flags.hpp"

#include "coimap/wire/grammar.hpp"

namespace coimap {

namespace {

const void* parse(wire::lexer& input, std::uint32_t) {
    auto* const data = input.memory().make<flags_data>();
    return wire::parse_flag_list(input, data->flags, wire::flag_context::message) ? data : nullptr;
}

void describe_flags(value_sink& sink, const void* data) {
    field(sink, "flags", static_cast<const flags_data*>(data)->flags);
}

} // namespace

constinit const wire::rule flags_data::rule{"FLAGS", parse, describe_flags};

} // namespace coimap
