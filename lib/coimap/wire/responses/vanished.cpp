#include "coimap/wire/responses/vanished.hpp"

#include "coimap/wire/grammar.hpp"

namespace coimap {

namespace {

const void* parse(wire::lexer& input, std::uint32_t) {
    auto* const data = input.memory().make<vanished_data>();
    const char* const start = input.place();
    if (input.take('(')) {
        const std::string_view tag = input.atom();
        if (!iequals(tag, "EARLIER") || input.element(false)) {
            input.fail("vanished.malformed");
            return nullptr;
        }
        data->earlier = true;
        input.sp();
    }
    if (input.at_end()) {
        input.defect("vanished.no-set", start);
        return data;
    }
    return wire::parse_number_set(input, data->uids) ? data : nullptr;
}

void describe_vanished(value_sink& sink, const void* data) {
    const auto& vanished = *static_cast<const vanished_data*>(data);
    field(sink, "earlier", vanished.earlier);
    field(sink, "uids", vanished.uids);
}

} // namespace

constinit const wire::rule vanished_data::rule{"VANISHED", parse, describe_vanished};

} // namespace coimap
