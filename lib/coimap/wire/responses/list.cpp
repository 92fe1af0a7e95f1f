#include "coimap/wire/responses/list.hpp"

#include "coimap/wire/grammar.hpp"

namespace coimap {

namespace {

using wire::lexer;

// `"/"`, `"\\"` or NIL.
bool parse_delimiter(lexer& input, std::optional<char>& delimiter) {
    const char* const start = input.place();
    nstring text;
    if (!input.nstring(text))
        return false;
    if (text && text->size() == 1)
        delimiter = text->front();
    else if (text)
        input.defect("mailbox.delimiter", start);
    return true;
}

// One extended item: its name and its value.
bool parse_extended_item(lexer& input, list_data& data, list_builder<list_extension, 4>& extensions) {
    std::string_view name;
    if (!input.astring(name))
        return false;
    if (!input.element(false))
        return input.fail("list.no-extension-value");
    const char* const start = input.place();
    if (iequals(name, "CHILDINFO") && input.peek() == '(')
        return wire::parse_string_list(input, data.child_info);
    if (iequals(name, "OLDNAME") && input.take('(')) {
        std::string_view old_name;
        if (!input.astring(old_name))
            return false;
        // The spelling is what this tells of, so INBOX in another case stays as it is.
        data.old_name =
            iequals(old_name, "INBOX") ? old_name : wire::decode_mailbox(input, old_name, start + 1).name;
        return !input.element(false) || input.fail("list.old-name");
    }
    list_extension extension;
    extension.name = name;
    if (!input.value(extension.parsed))
        return false;
    if (input.is_full(extensions.size()))
        return input.fail("limit.list");
    extensions.push_back(extension);
    return true;
}

void parse_extended(lexer& input, list_data& data) {
    const char* const start = input.place();
    list_builder<list_extension, 4> extensions(input.memory());
    input.take('(');
    for (bool first = true; input.element(first); first = false) {
        if (parse_extended_item(input, data, extensions))
            continue;
        // Where a name has no value, what follows cannot be paired: all of it is the defect.
        input.skip_failed(start, start);
        break;
    }
    data.extensions = extensions.finish();
}

bool parse_list(lexer& input, list_data& data) {
    const char* const start = input.place();
    if (input.peek() == '(') {
        flag_list attributes;
        if (!wire::parse_flag_list(input, attributes, wire::flag_context::attributes))
            return false;
        data.attributes = attributes.names;
        input.gap();
    } else if (input.at_end()) {
        return input.fail("list.malformed");
    } else {
        input.defect("list.no-attributes", start, start);
    }
    if (!parse_delimiter(input, data.delimiter))
        return false;
    input.gap();
    wire::mailbox_text mailbox;
    if (!wire::parse_mailbox(input, mailbox))
        return false;
    data.mailbox = mailbox.name;
    data.wire_name = mailbox.wire;
    if (input.peek() == ' ' && input.peek(1) == '(') {
        input.sp();
        parse_extended(input, data);
    }
    return true;
}

template<class T>
const void* parse(lexer& input, std::uint32_t) {
    auto* const data = input.memory().make<T>();
    return parse_list(input, *data) ? data : nullptr;
}

template<class T>
void describe_list(value_sink& sink, const void* data) {
    const list_data& mailbox = *static_cast<const T*>(data);
    field(sink, "attributes", mailbox.attributes);
    sink.key("delimiter");
    if (mailbox.delimiter)
        sink.string(std::string_view(&*mailbox.delimiter, 1));
    else
        sink.null();
    field(sink, "mailbox", mailbox.mailbox);
    if (mailbox.wire_name != mailbox.mailbox)
        field(sink, "wire_name", mailbox.wire_name);
    if (!mailbox.child_info.empty())
        field(sink, "child_info", mailbox.child_info);
    if (!mailbox.old_name.empty())
        field(sink, "old_name", mailbox.old_name);
    if (!mailbox.extensions.empty()) {
        sink.key("extensions");
        sink.begin_object();
        for (const list_extension& each : mailbox.extensions)
            field(sink, each.name, each.parsed);
        sink.end_object();
    }
}

} // namespace

constinit const wire::rule list_data::rule{"LIST", parse<list_data>, describe_list<list_data>};
constinit const wire::rule lsub_data::rule{"LSUB", parse<lsub_data>, describe_list<lsub_data>};
constinit const wire::rule xlist_data::rule{"XLIST", parse<xlist_data>, describe_list<xlist_data>};

bool list_data::has(std::string_view attribute) const noexcept {
    for (const std::string_view each : attributes)
        if (iequals(each, attribute))
            return true;
    return false;
}

} // namespace coimap
