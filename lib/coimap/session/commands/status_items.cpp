#include "coimap/session/commands/status_items.hpp"

#include "coimap/session/commands/support.hpp"
#include "coimap/wire/responses/status.hpp"

#include <array>

namespace coimap::commands {

namespace {

using check = bool (*)(const session_context&);

struct row {
    status_items::plain item;
    std::string_view name;
    check available; ///< nullptr: always
};

constexpr std::array rows{
    row{status_items::messages, "MESSAGES", nullptr},
    row{status_items::recent, "RECENT", [](const session_context& c) { return !speaks_rev2(c); }},
    row{status_items::uid_next, "UIDNEXT", nullptr},
    row{status_items::uid_validity, "UIDVALIDITY", nullptr},
    row{status_items::unseen, "UNSEEN", nullptr},
    row{status_items::deleted, "DELETED",
        [](const session_context& c) { return has_or_rev2(c, "QUOTA=RES-MESSAGE"); }},
    row{status_items::size, "SIZE", [](const session_context& c) { return has_or_rev2(c, "STATUS=SIZE"); }},
    row{status_items::highest_modseq, "HIGHESTMODSEQ", has_condstore},
    row{status_items::append_limit, "APPENDLIMIT",
        [](const session_context& c) {
            return c.caps().has("APPENDLIMIT") || c.caps().number("APPENDLIMIT").has_value();
        }},
    row{status_items::mailbox_id, "MAILBOXID",
        [](const session_context& c) { return c.caps().has("OBJECTID"); }},
    row{status_items::deleted_storage, "DELETED-STORAGE",
        [](const session_context& c) { return c.caps().has("QUOTA=RES-STORAGE"); }},
};

template<class To, class From>
void take(std::optional<To>& to, const std::optional<From>& from) {
    if (from)
        to = To(*from);
}

} // namespace

std::error_code write_status_items(wire::command_writer& out, status_items items,
                                   const session_context& context) {
    if (items.empty())
        return errc::invalid_argument;
    out.open();
    bool first = true;
    for (const row& each : rows) {
        if (!items.has(each.item))
            continue;
        if (each.available && !each.available(context))
            return errc::not_supported;
        if (!std::exchange(first, false))
            out.sp();
        out.raw(each.name);
    }
    out.close();
    return {};
}

void merge(status_values& values, const status_data& data) {
    take(values.messages, data.messages);
    take(values.recent, data.recent);
    take(values.uid_next, data.uid_next);
    take(values.uid_validity, data.uid_validity);
    take(values.unseen, data.unseen);
    take(values.deleted, data.deleted);
    take(values.size, data.size);
    take(values.highest_modseq, data.highest_modseq);
    take(values.append_limit, data.append_limit);
    take(values.deleted_storage, data.deleted_storage);
    take(values.mailbox_id, data.mailbox_id);
}

} // namespace coimap::commands
