#include "coimap/wire/responses/status.hpp"

#include "coimap/wire/grammar.hpp"

namespace coimap {

namespace {

using wire::lexer;

template<class Number>
bool parse_number(lexer& input, std::optional<Number>& number) {
    Number value{};
    if constexpr (sizeof(Number) == 4) {
        if (!input.number(value))
            return false;
    } else {
        if (!input.number64(value))
            return false;
    }
    number = value;
    return true;
}

// UIDNEXT and UIDVALIDITY: what is no legal number is unknown, and 0.
bool parse_nz_number(lexer& input, std::optional<std::uint32_t>& number) {
    std::uint32_t value = 0;
    number = 0;
    if (!input.nz_number(value))
        return false;
    number = value;
    return true;
}

// `(F2212352)`, RFC 8474.
bool parse_object_id(lexer& input, std::optional<std::string_view>& id) {
    const char* const start = input.place();
    std::string_view text;
    const bool list = input.take('(');
    if (!input.astring(text))
        return false;
    if (list && input.element(false))
        return input.fail("status.object-id");
    if (!list)
        input.defect("status.object-id", start);
    id = text;
    return true;
}

bool parse_append_limit(lexer& input, std::optional<std::uint64_t>& limit) {
    return input.nil() || parse_number(input, limit);
}

bool parse_item(lexer& input, status_data& data, std::string_view name,
                list_builder<status_extension, 4>& extensions) {
    const auto is = [&](std::string_view upper) { return iequals(name, upper); };
    if (is("MESSAGES"))
        return parse_number(input, data.messages);
    if (is("UIDNEXT"))
        return parse_nz_number(input, data.uid_next);
    if (is("UIDVALIDITY"))
        return parse_nz_number(input, data.uid_validity);
    if (is("UNSEEN"))
        return parse_number(input, data.unseen);
    if (is("RECENT"))
        return parse_number(input, data.recent);
    if (is("DELETED"))
        return parse_number(input, data.deleted);
    if (is("SIZE"))
        return parse_number(input, data.size);
    if (is("HIGHESTMODSEQ"))
        return parse_number(input, data.highest_modseq);
    if (is("APPENDLIMIT"))
        return parse_append_limit(input, data.append_limit);
    if (is("DELETED-STORAGE"))
        return parse_number(input, data.deleted_storage);
    if (is("MAILBOXID"))
        return parse_object_id(input, data.mailbox_id);
    status_extension extension;
    extension.name = name;
    if (!input.value(extension.parsed))
        return false;
    if (input.is_full(extensions.size()))
        return input.fail("limit.list");
    extensions.push_back(extension);
    return true;
}

const void* parse(lexer& input, std::uint32_t) {
    auto* const data = input.memory().make<status_data>();
    wire::mailbox_text mailbox;
    if (!wire::parse_mailbox(input, mailbox))
        return nullptr;
    data->mailbox = mailbox.name;
    data->wire_name = mailbox.wire;
    input.sp();
    if (!input.take('(')) {
        input.defect("status.no-list", input.place(), input.end());
        input.go_to(input.end());
        return data;
    }
    list_builder<status_extension, 4> extensions(input.memory());
    for (bool first = true; input.element(first); first = false) {
        const char* const item = input.place();
        const std::string_view name = input.word();
        if (name.empty()) {
            input.fail("status.item-name");
            input.skip_failed(item, item);
            continue;
        }
        if (!input.element(false)) {
            input.defect("status.no-value", item);
            break;
        }
        const char* const value = input.place();
        if (!parse_item(input, *data, name, extensions))
            input.skip_failed(item, value);
    }
    data->extensions = extensions.finish();
    return data;
}

void describe_status(value_sink& sink, const void* data) {
    const auto& status = *static_cast<const status_data*>(data);
    field(sink, "mailbox", status.mailbox);
    if (status.wire_name != status.mailbox)
        field(sink, "wire_name", status.wire_name);
    field(sink, "messages", status.messages);
    field(sink, "recent", status.recent);
    field(sink, "uid_next", status.uid_next);
    field(sink, "uid_validity", status.uid_validity);
    field(sink, "unseen", status.unseen);
    field(sink, "deleted", status.deleted);
    field(sink, "size", status.size);
    field(sink, "highest_modseq", status.highest_modseq);
    field(sink, "append_limit", status.append_limit);
    field(sink, "deleted_storage", status.deleted_storage);
    field(sink, "mailbox_id", status.mailbox_id);
    if (!status.extensions.empty()) {
        sink.key("extensions");
        sink.begin_object();
        for (const status_extension& each : status.extensions)
            field(sink, each.name, each.parsed);
        sink.end_object();
    }
}

} // namespace

constinit const wire::rule status_data::rule{"STATUS", parse, describe_status};

} // namespace coimap
