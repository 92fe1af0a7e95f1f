#include "coimap/model/body_structure.hpp"

#include "coimap/core/ascii.hpp"

namespace coimap {

namespace {

template<class T>
bool equal_behind(const T* a, const T* b) {
    return a == b || (a != nullptr && b != nullptr && *a == *b);
}

// As an object: parameters are looked up by name.
void describe_parameters(value_sink& sink, const list<parameter>& parameters) {
    sink.begin_object();
    for (const parameter& each : parameters) {
        sink.key(each.name);
        describe(sink, each.value);
    }
    sink.end_object();
}

} // namespace

nstring body_structure::parameter_value(std::string_view name) const noexcept {
    for (const parameter& each : parameters)
        if (iequals(each.name, name))
            return each.value;
    return {};
}

bool operator==(const body_structure& a, const body_structure& b) {
    return a.form == b.form && a.type == b.type && a.subtype == b.subtype && a.parameters == b.parameters &&
           a.id == b.id && a.description == b.description && a.encoding == b.encoding &&
           a.octets == b.octets && a.lines == b.lines &&
           equal_behind(a.message_envelope, b.message_envelope) &&
           equal_behind(a.message_body, b.message_body) && a.parts == b.parts && a.md5 == b.md5 &&
           a.disposition == b.disposition && a.languages == b.languages && a.location == b.location &&
           a.extensions == b.extensions;
}

void describe(value_sink& sink, const parameter& value) {
    sink.begin_object();
    field(sink, "name", value.name);
    sink.key("value");
    describe(sink, value.value);
    sink.end_object();
}

void describe(value_sink& sink, const disposition& value) {
    sink.begin_object();
    field(sink, "type", value.type);
    if (!value.parameters.empty()) {
        sink.key("parameters");
        describe_parameters(sink, value.parameters);
    }
    sink.end_object();
}

void describe(value_sink& sink, const body_structure& value) {
    using kind = body_structure::kind;
    sink.begin_object();
    field(sink, "type", value.type);
    field(sink, "subtype", value.subtype);
    if (!value.parameters.empty()) {
        sink.key("parameters");
        describe_parameters(sink, value.parameters);
    }
    if (value.form != kind::multipart) {
        field(sink, "id", value.id);
        field(sink, "description", value.description);
        field(sink, "encoding", value.encoding);
        field(sink, "octets", value.octets);
        if (value.form != kind::basic || value.lines != 0)
            field(sink, "lines", value.lines);
    }
    if (value.message_envelope != nullptr)
        field(sink, "envelope", *value.message_envelope);
    if (value.message_body != nullptr)
        field(sink, "body", *value.message_body);
    if (!value.parts.empty())
        field(sink, "parts", value.parts);
    field(sink, "md5", value.md5);
    field(sink, "disposition", value.disposition);
    if (!value.languages.empty())
        field(sink, "languages", value.languages);
    field(sink, "location", value.location);
    if (!value.extensions.empty())
        field(sink, "extensions", value.extensions);
    sink.end_object();
}

} // namespace coimap
