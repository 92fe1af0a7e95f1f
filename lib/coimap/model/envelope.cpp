#include "coimap/model/envelope.hpp"

namespace coimap {

void describe(value_sink& sink, const address& value) {
    sink.begin_object();
    field(sink, "name", value.name);
    field(sink, "route", value.route);
    field(sink, "mailbox", value.mailbox);
    field(sink, "host", value.host);
    sink.end_object();
}

void describe(value_sink& sink, const envelope& value) {
    const auto addresses = [&](std::string_view name, const list<address>& row) {
        if (!row.empty())
            field(sink, name, row);
    };
    sink.begin_object();
    field(sink, "date", value.date);
    field(sink, "subject", value.subject);
    addresses("from", value.from);
    addresses("sender", value.sender);
    addresses("reply_to", value.reply_to);
    addresses("to", value.to);
    addresses("cc", value.cc);
    addresses("bcc", value.bcc);
    field(sink, "in_reply_to", value.in_reply_to);
    field(sink, "message_id", value.message_id);
    sink.end_object();
}

} // namespace coimap
