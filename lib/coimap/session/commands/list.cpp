#include "coimap/session/commands/list.hpp"

#include "coimap/session/commands/status.hpp"
#include "coimap/session/commands/support.hpp"
#include "coimap/wire/responses/list.hpp"
#include "coimap/wire/responses/status.hpp"

namespace coimap::commands {

namespace {

/// Words in parentheses, with spaces between them.
class word_list {
public:
    explicit word_list(wire::command_writer& out) : out_(out) { out_.open(); }

    wire::command_writer& next() {
        if (!std::exchange(first_, false))
            out_.sp();
        return out_;
    }
    void end() { out_.close(); }

private:
    wire::command_writer& out_;
    bool first_ = true;
};

} // namespace

bool list_command::overlaps_safely(const command& earlier) const noexcept {
    return !asks_status() && dynamic_cast<const status_command*>(&earlier) != nullptr;
}

std::error_code list_command::write(wire::command_writer& out, const session_context& context) {
    if (patterns_.empty())
        return errc::invalid_argument;
    if (patterns_.size() > 1 && !has_or_rev2(context, "LIST-EXTENDED"))
        return errc::not_supported;
    out.raw("LIST ");
    if (const auto failure = write_selection(out, context))
        return failure;
    out.mailbox(reference_).sp();
    if (patterns_.size() == 1) {
        out.list_mailbox(patterns_.front());
    } else {
        word_list patterns(out);
        for (const std::string& each : patterns_)
            patterns.next().list_mailbox(each);
        patterns.end();
    }
    return write_return(out, context);
}

std::error_code list_command::write_selection(wire::command_writer& out,
                                              const session_context& context) const {
    const bool subscribed = options_.has(list_options::select_subscribed);
    const bool remote = options_.has(list_options::select_remote);
    const bool recursive = options_.has(list_options::select_recursive);
    const bool special_use = options_.has(list_options::select_special_use);
    if (!subscribed && !remote && !recursive && !special_use)
        return {};
    // RFC 9051 section 6.3.9.1: not alone, nor with REMOTE only.
    if (recursive && !subscribed && !special_use)
        return errc::invalid_argument;
    if ((subscribed || remote || recursive) && !has_or_rev2(context, "LIST-EXTENDED"))
        return errc::not_supported;
    if (special_use && !context.caps().has("SPECIAL-USE"))
        return errc::not_supported;
    word_list words(out);
    if (subscribed)
        words.next().raw("SUBSCRIBED");
    if (remote)
        words.next().raw("REMOTE");
    if (recursive)
        words.next().raw("RECURSIVEMATCH");
    if (special_use)
        words.next().raw("SPECIAL-USE");
    words.end();
    out.sp();
    return {};
}

std::error_code list_command::write_return(wire::command_writer& out, const session_context& context) const {
    const bool subscribed = options_.has(list_options::tell_subscribed);
    const bool children = options_.has(list_options::tell_children);
    const bool special_use = options_.has(list_options::tell_special_use);
    if (!subscribed && !children && !special_use && !asks_status())
        return {};
    if ((subscribed || children) && !has_or_rev2(context, "LIST-EXTENDED"))
        return errc::not_supported;
    // IMAP4rev2 took over the attributes, not the option.
    if (special_use && !context.caps().has("SPECIAL-USE"))
        return errc::not_supported;
    if (asks_status() && !has_or_rev2(context, "LIST-STATUS"))
        return errc::not_supported;
    out.raw(" RETURN ");
    word_list words(out);
    if (subscribed)
        words.next().raw("SUBSCRIBED");
    if (children)
        words.next().raw("CHILDREN");
    if (special_use)
        words.next().raw("SPECIAL-USE");
    if (asks_status()) {
        words.next().raw("STATUS ");
        if (const auto failure = write_status_items(out, options_.status(), context))
            return failure;
    }
    words.end();
    return {};
}

claim list_command::on_untagged(const wire::response& response, session_context& context) {
    if (const auto* data = response.as<list_data>()) {
        if (!abandoned_)
            add(*data, context);
        return claim::mine;
    }
    const auto* status = asks_status() ? response.as<status_data>() : nullptr;
    return status && add_status(*status) ? claim::mine : claim::not_mine;
}

void list_command::add(const list_data& data, session_context& context) {
    if (asks_status())
        places_[std::string(data.wire_name)] = entries_.size();
    entries_.push_back(make_mailbox_entry(data, names_are_utf8(context)));
}

bool list_command::add_status(const status_data& data) {
    if (abandoned_)
        return true;
    // RFC 5819 section 2: it comes right behind its LIST response. INBOX may be spelled in another case
    // there.
    const mailbox_name name(data.mailbox);
    mailbox_entry* entry = nullptr;
    if (!entries_.empty() && entries_.back().name == name)
        entry = &entries_.back();
    else if (const auto found = places_.find(std::string(data.wire_name)); found != places_.end())
        entry = &entries_[found->second];
    if (!entry)
        return false;
    if (!entry->status)
        entry->status.emplace();
    merge(*entry->status, data);
    return true;
}

void list_command::on_abandoned() noexcept {
    abandoned_ = true;
    entries_ = {};
    places_ = {};
}

} // namespace coimap::commands
