#include "coimap/wire/responses/id.hpp"

#include "coimap/wire/lexer.hpp"

namespace coimap {

namespace {

constexpr std::size_t most_fields = 30; // RFC 2971 section 3.3

bool parse_field(wire::lexer& input, parameter& one) {
    std::string_view name;
    if (!input.string(name))
        return false;
    one.name = name;
    if (!input.element(false))
        return input.fail("id.no-value");
    return input.nstring(one.value);
}

const void* parse(wire::lexer& input, std::uint32_t) {
    auto* const data = input.memory().make<id_data>();
    if (input.nil())
        return data;
    const char* const start = input.place();
    if (!input.take('(')) {
        input.fail("id.malformed");
        return nullptr;
    }
    list_builder<parameter, 8> fields(input.memory());
    for (bool first = true; input.element(first); first = false) {
        const char* const item = input.place();
        parameter one;
        if (!parse_field(input, one)) {
            input.defect(input.take_failure("id.malformed"), item, input.end());
            input.go_to(input.end());
            break;
        }
        if (fields.size() == most_fields) {
            input.defect("id.too-many-fields", start, input.end());
            input.go_to(input.end());
            break;
        }
        fields.push_back(one);
    }
    data->fields = fields.finish();
    return data;
}

void describe_id(value_sink& sink, const void* data) {
    sink.key("fields");
    sink.begin_list();
    for (const parameter& each : static_cast<const id_data*>(data)->fields) {
        sink.begin_object();
        field(sink, "name", each.name);
        sink.key("value");
        describe(sink, each.value);
        sink.end_object();
    }
    sink.end_list();
}

} // namespace

constinit const wire::rule id_data::rule{"ID", parse, describe_id};

nstring id_data::field(std::string_view name) const noexcept {
    for (const parameter& each : fields)
        if (iequals(each.name, name))
            return each.value;
    return {};
}

} // namespace coimap
