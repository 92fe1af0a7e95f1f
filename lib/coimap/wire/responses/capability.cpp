#include "coimap/wire/responses/capability.hpp"

#include "coimap/wire/grammar.hpp"

namespace coimap {

namespace {

template<class T>
const void* parse(wire::lexer& input, std::uint32_t) {
    auto* const data = input.memory().make<T>();
    return wire::parse_words(input, data->names) ? data : nullptr;
}

template<class T>
void describe_names(value_sink& sink, const void* data) {
    field(sink, "names", static_cast<const T*>(data)->names);
}

} // namespace

constinit const wire::rule capability_data::rule{"CAPABILITY", parse<capability_data>,
                                                 describe_names<capability_data>};
constinit const wire::rule enabled_data::rule{"ENABLED", parse<enabled_data>, describe_names<enabled_data>};

} // namespace coimap
