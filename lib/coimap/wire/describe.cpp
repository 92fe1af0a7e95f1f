#include "coimap/core/ascii.hpp"
#include "coimap/wire/response.hpp"

#include <algorithm>
#include <string>

namespace coimap::wire {

namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), to_lower);
    return result;
}

std::string_view name_of(status value) noexcept {
    switch (value) {
    case status::ok:
        return "OK";
    case status::no:
        return "NO";
    case status::bad:
        return "BAD";
    case status::preauth:
        return "PREAUTH";
    case status::bye:
        return "BYE";
    }
    return "OK";
}

void describe_state(value_sink& sink, const status_response& state) {
    field(sink, "status", name_of(state.status));
    if (state.code)
        field(sink, "code", state.code);
    field(sink, "text", state.text);
}

void describe_data(value_sink& sink, const response& value) {
    if (value.rule == nullptr || value.data == nullptr) {
        field(sink, "type", value.rule == nullptr ? std::string("unknown") : lower(value.rule->name));
        field(sink, "name", value.name);
        field(sink, "bytes", value.bytes);
        return;
    }
    field(sink, "type", lower(value.rule->name));
    value.rule->describe(sink, value.data);
}

} // namespace

void describe(value_sink& sink, const defect& value) {
    sink.begin_object();
    field(sink, "rule", value.rule);
    field(sink, "offset", value.offset);
    field(sink, "bytes", value.bytes);
    sink.end_object();
}

void describe(value_sink& sink, const response_code& value) {
    sink.begin_object();
    field(sink, "name", value.name);
    if (value.rule != nullptr && value.data != nullptr)
        value.rule->describe(sink, value.data);
    else if (!value.arguments.empty())
        field(sink, "arguments", value.arguments);
    sink.end_object();
}

void describe(value_sink& sink, const response& value) {
    sink.begin_object();
    switch (value.type) {
    case response::kind::continuation:
        field(sink, "type", std::string_view("continuation"));
        if (value.state.code)
            field(sink, "code", value.state.code);
        field(sink, "text", value.state.text);
        break;
    case response::kind::tagged:
        field(sink, "type", std::string_view("tagged"));
        field(sink, "tag", value.tag);
        describe_state(sink, value.state);
        break;
    case response::kind::status:
        field(sink, "type", std::string_view("untagged"));
        describe_state(sink, value.state);
        break;
    case response::kind::data:
        describe_data(sink, value);
        break;
    case response::kind::unreadable:
        field(sink, "type", std::string_view("unreadable"));
        field(sink, "text", value.state.text);
        break;
    }
    if (!value.defects.empty())
        field(sink, "defects", value.defects);
    sink.end_object();
}

} // namespace coimap::wire
