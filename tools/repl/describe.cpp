#include "repl/describe.hpp"

namespace coimap {
namespace {

void status_fields(value_sink& sink, const status_values& value) {
    field(sink, "messages", value.messages);
    field(sink, "recent", value.recent);
    field(sink, "unseen", value.unseen);
    field(sink, "uid_next", value.uid_next);
    field(sink, "uid_validity", value.uid_validity);
    field(sink, "deleted", value.deleted);
    field(sink, "size", value.size);
    field(sink, "highest_modseq", value.highest_modseq);
    field(sink, "append_limit", value.append_limit);
    field(sink, "deleted_storage", value.deleted_storage);
    field(sink, "mailbox_id", value.mailbox_id);
}

// 0 stands for "unknown" in these.
template<class Number>
void known_field(value_sink& sink, std::string_view name, Number value) {
    if (value != 0)
        field(sink, name, value);
}

// In the order in which the server gave them, which tells what belongs to what.
std::string as_text(const std::vector<number_range>& ranges) {
    std::string text;
    for (const number_range& each : ranges) {
        text += text.empty() ? "" : ",";
        text += std::to_string(each.first);
        if (each.last != each.first)
            text += ":" + std::to_string(each.last);
    }
    return text;
}

struct event_describer {
    value_sink& sink;

    void name(std::string_view text) const { field(sink, "event", text); }

    void operator()(const events::exists& each) const {
        name("exists");
        field(sink, "count", each.count);
        field(sink, "previous", each.previous);
    }
    void operator()(const events::selection_changed& each) const {
        name("selection_changed");
        field(sink, "mailbox", each.name);
        field(sink, "uidvalidity", each.uid_validity);
        field(sink, "exists", each.exists);
    }
    void operator()(const events::recent& each) const {
        name("recent");
        field(sink, "count", each.count);
    }
    void operator()(const events::expunged& each) const {
        name("expunge");
        field(sink, "seq", each.sequence_number);
        field(sink, "uid", each.uid);
    }
    void operator()(const events::vanished& each) const {
        name("vanished");
        field(sink, "uids", each.uids.to_string());
        field(sink, "earlier", each.earlier);
    }
    void operator()(const events::flags_changed& each) const {
        name("flags");
        field(sink, "seq", each.sequence_number);
        field(sink, "uid", each.uid);
        field(sink, "flags", each.flags);
        field(sink, "modseq", each.modseq);
    }
    void operator()(const events::mode_changed& each) const {
        name("mode");
        field(sink, "read_only", each.read_only);
    }
    void operator()(const events::mailbox_flags& each) const {
        name("mailbox_flags");
        field(sink, "flags", each.flags);
    }
    void operator()(const events::alert& each) const {
        name("alert");
        field(sink, "text", each.text);
        field(sink, "authenticated", each.authenticated);
    }
    void operator()(const events::notice& each) const {
        name("notice");
        field(sink, "status", each.status);
        if (!each.code.empty())
            field(sink, "code", each.code);
        field(sink, "text", each.text);
    }
    void operator()(const events::bye& each) const {
        name("bye");
        if (!each.code.empty())
            field(sink, "code", each.code);
        field(sink, "text", each.text);
    }
    void operator()(const events::capabilities_changed&) const { name("capabilities_changed"); }
    void operator()(const events::other_data& each) const {
        name("other");
        field(sink, "name", each.name);
        field(sink, "bytes", each.bytes);
    }
    void operator()(const events::protocol_defect& each) const {
        name("protocol_defect");
        field(sink, "what", each.what);
        field(sink, "bytes", each.bytes);
    }
    void operator()(const events::events_lost& each) const {
        name("events_lost");
        field(sink, "count", each.count);
    }
    void operator()(const events::closed& each) const {
        name("closed");
        field(sink, "reason", each.reason.message());
    }
};

} // namespace

void describe(value_sink& sink, const capabilities& value) {
    describe(sink, value.names());
}

void describe(value_sink& sink, const mailbox_entry& value) {
    sink.begin_object();
    field(sink, "mailbox", value.name.text());
    field(sink, "attributes", value.attributes);
    if (value.delimiter)
        field(sink, "delimiter", std::string_view(&*value.delimiter, 1));
    if (!value.child_info.empty())
        field(sink, "child_info", value.child_info);
    if (value.old_name)
        field(sink, "old_name", value.old_name->text());
    if (value.status)
        status_fields(sink, *value.status);
    sink.end_object();
}

void describe(value_sink& sink, const status_values& value) {
    sink.begin_object();
    status_fields(sink, value);
    sink.end_object();
}

void describe(value_sink& sink, const select_result& value) {
    sink.begin_object();
    field(sink, "exists", value.exists);
    known_field(sink, "recent", value.recent);
    known_field(sink, "unseen", value.unseen);
    known_field(sink, "uid_validity", value.uid_validity);
    known_field(sink, "uid_next", value.uid_next);
    known_field(sink, "highest_modseq", value.highest_modseq);
    field(sink, "flags", value.flags);
    field(sink, "permanent_flags", value.permanent_flags);
    field(sink, "read_only", value.read_only);
    sink.end_object();
}

void describe(value_sink& sink, const append_result& value) {
    sink.begin_object();
    field(sink, "uid_validity", value.uid_validity);
    field(sink, "uids", value.uids.to_string());
    sink.end_object();
}

void describe(value_sink& sink, const copy_result& value) {
    sink.begin_object();
    field(sink, "uid_validity", value.uid_validity);
    field(sink, "source", as_text(value.source));
    field(sink, "destination", as_text(value.destination));
    sink.end_object();
}

void describe(value_sink& sink, const expunge_result& value) {
    sink.begin_object();
    field(sink, "count", value.count());
    if (!value.sequence_numbers.empty())
        field(sink, "seqs", value.sequence_numbers);
    if (!value.vanished.empty())
        field(sink, "uids", value.vanished.to_string());
    sink.end_object();
}

void describe(value_sink& sink, const search_result& value) {
    sink.begin_object();
    field(sink, value.by_uid ? "uids" : "seqs", value.numbers.to_string());
    field(sink, "count", value.count ? std::uint64_t{*value.count} : value.numbers.count());
    field(sink, "min", value.min);
    field(sink, "max", value.max);
    field(sink, "modseq", value.modseq);
    sink.end_object();
}

void describe(value_sink& sink, const store_result& value) {
    sink.begin_object();
    field(sink, "updated", value.updated);
    if (!value.modified.empty())
        field(sink, value.by_uid ? "modified_uids" : "modified_seqs", value.modified.to_string());
    sink.end_object();
}

void describe(value_sink& sink, const event& value) {
    sink.begin_object();
    std::visit(event_describer{sink}, value);
    sink.end_object();
}

} // namespace coimap
