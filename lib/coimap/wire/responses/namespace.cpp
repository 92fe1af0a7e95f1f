#include "coimap/wire/responses/namespace.hpp"

#include "coimap/wire/grammar.hpp"

namespace coimap {

namespace {

// Behind the opening parenthesis of one entry: prefix, delimiter, extensions.
bool parse_entry(wire::lexer& input, namespace_entry& entry) {
    const char* const start = input.place();
    std::string_view prefix;
    if (!input.string(prefix))
        return false;
    entry.prefix = wire::decode_mailbox(input, prefix, start).name;
    if (!input.element(false)) {
        input.defect("namespace.no-delimiter", start);
        return true;
    }
    const char* const at = input.place();
    nstring delimiter;
    if (!input.nstring(delimiter))
        return false;
    if (delimiter && delimiter->size() == 1)
        entry.delimiter = delimiter->front();
    else if (delimiter)
        input.defect("mailbox.delimiter", at);

    list_builder<value, 4> extensions(input.memory());
    while (input.element(false)) {
        value extension;
        if (!input.value(extension))
            return false;
        if (input.is_full(extensions.size()))
            return input.fail("limit.list");
        extensions.push_back(extension);
    }
    entry.extensions = extensions.finish();
    return true;
}

bool parse_entries(wire::lexer& input, list<namespace_entry>& entries) {
    if (input.nil())
        return true;
    const char* const start = input.place();
    if (!input.take('('))
        return input.fail("namespace.malformed");
    list_builder<namespace_entry, 4> found(input.memory());
    for (;;) {
        const char* const item = input.place();
        namespace_entry entry;
        if (input.take('(')) {
            if (!parse_entry(input, entry))
                return false;
            if (input.is_full(found.size()))
                return input.fail("limit.list");
            found.push_back(entry);
        } else if (input.take(')')) {
            break;
        } else if (input.sp()) {
            input.defect("space.extra", item);
        } else {
            return input.fail("namespace.malformed");
        }
    }
    if (found.size() == 0)
        input.defect("nil.empty-list", start);
    entries = found.finish();
    return true;
}

const void* parse(wire::lexer& input, std::uint32_t) {
    auto* const data = input.memory().make<namespace_data>();
    const char* const start = input.place();
    list<namespace_entry>* const kinds[] = {&data->personal, &data->other_users, &data->shared};
    std::size_t count = 0;
    for (; count < 3 && !input.at_end(); ++count) {
        const char* const item = input.place();
        if (!parse_entries(input, *kinds[count])) {
            if (count == 0 && !(input.peek() == '(' || item != input.place()))
                return nullptr;
            *kinds[count] = {};
            input.skip_failed(item, item);
        }
        if (count < 2 && !input.at_end())
            input.gap();
    }
    if (count < 3)
        input.defect("namespace.short", start);
    return data;
}

void describe_entries(value_sink& sink, std::string_view name, const list<namespace_entry>& entries) {
    sink.key(name);
    sink.begin_list();
    for (const namespace_entry& each : entries) {
        sink.begin_object();
        field(sink, "prefix", each.prefix);
        sink.key("delimiter");
        if (each.delimiter)
            sink.string(std::string_view(&*each.delimiter, 1));
        else
            sink.null();
        if (!each.extensions.empty())
            field(sink, "extensions", each.extensions);
        sink.end_object();
    }
    sink.end_list();
}

void describe_namespace(value_sink& sink, const void* data) {
    const auto& spaces = *static_cast<const namespace_data*>(data);
    describe_entries(sink, "personal", spaces.personal);
    describe_entries(sink, "other_users", spaces.other_users);
    describe_entries(sink, "shared", spaces.shared);
}

} // namespace

constinit const wire::rule namespace_data::rule{"NAMESPACE", parse, describe_namespace};

} // namespace coimap
