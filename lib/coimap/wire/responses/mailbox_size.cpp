#include "coimap/wire/responses/mailbox_size.hpp"

#include "coimap/wire/lexer.hpp"

namespace coimap {

namespace {

template<class T>
const void* parse_count(wire::lexer& input, std::uint32_t number) {
    if (!input.has_number()) {
        input.fail("number.missing");
        return nullptr;
    }
    return input.memory().make<T>(T{number});
}

const void* parse_expunge(wire::lexer& input, std::uint32_t number) {
    if (input.has_number() && number == 0)
        input.defect("number.zero", input.place());
    return parse_count<expunge_data>(input, number);
}

template<class T>
void describe_count(value_sink& sink, const void* data) {
    field(sink, "count", static_cast<const T*>(data)->count);
}

void describe_expunge(value_sink& sink, const void* data) {
    field(sink, "seq", static_cast<const expunge_data*>(data)->sequence_number);
}

} // namespace

constinit const wire::rule exists_data::rule{"EXISTS", parse_count<exists_data>, describe_count<exists_data>};
constinit const wire::rule recent_data::rule{"RECENT", parse_count<recent_data>, describe_count<recent_data>};
constinit const wire::rule expunge_data::rule{"EXPUNGE", parse_expunge, describe_expunge};

} // namespace coimap
