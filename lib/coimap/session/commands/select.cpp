#include "coimap/session/commands/select.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/session/commands/support.hpp"
#include "coimap/wire/codes/lists.hpp"
#include "coimap/wire/codes/numbers.hpp"
#include "coimap/wire/responses/fetch.hpp"
#include "coimap/wire/responses/flags.hpp"
#include "coimap/wire/responses/mailbox_size.hpp"
#include "coimap/wire/responses/vanished.hpp"

namespace coimap::commands {

namespace {
std::vector<std::string> owned(const flag_list& flags) {
    return {flags.begin(), flags.end()};
}
} // namespace

std::error_code select_command::write(wire::command_writer& out, const session_context& context) {
    if (options_.wants_condstore() && !has_condstore(context))
        return errc::not_supported;
    const auto& since = options_.since();
    if (since && !context.enabled("QRESYNC"))
        return errc::bad_state;
    if (since && (since->uid_validity == 0 || since->modseq == 0 ||
                  (!since->known.empty() && since->known.max() == star)))
        return errc::invalid_argument;
    out.raw(name_).sp().mailbox(mailbox_);
    if (since) {
        out.raw(" (QRESYNC (").number(since->uid_validity).sp().number(since->modseq);
        if (!since->known.empty())
            out.sp().set(since->known);
        out.raw("))");
    } else if (options_.wants_condstore()) {
        out.raw(" (CONDSTORE)");
    }
    result_.read_only = iequals(name_, "EXAMINE");
    return {};
}

claim select_command::on_untagged(const wire::response& response, session_context&) {
    if (response.type == wire::response::kind::status) {
        const bool taken = response.state.status == wire::status::ok && take_code(response.state.code);
        return taken ? claim::mine : claim::not_mine;
    }
    return take_data(response) ? claim::mine : claim::not_mine;
}

bool select_command::take_data(const wire::response& response) {
    if (const auto* exists = response.as<exists_data>())
        result_.exists = exists->count;
    else if (const auto* recent = response.as<recent_data>())
        result_.recent = recent->count;
    else if (const auto* flags = response.as<flags_data>())
        result_.flags = owned(flags->flags);
    else
        return options_.since() && take_change(response);
    return true;
}

bool select_command::take_change(const wire::response& response) {
    if (const auto* gone = response.as<vanished_data>()) {
        if (!gone->earlier)
            return false;
        for (const number_range& range : gone->uids)
            result_.vanished.insert(range);
        return true;
    }
    const auto* data = response.as<fetch_data>();
    if (data == nullptr || !data->uid || !data->flags)
        return false;
    result_.changed.push_back({*data->uid, owned(*data->flags), data->modseq.value_or(0)});
    return true;
}

bool select_command::take_code(const wire::response_code& code) {
    if (const auto* flags = code.as<permanent_flags_code>()) {
        result_.permanent_flags = owned(flags->flags);
        permanent_flags_told_ = true;
    } else if (const auto* validity = code.as<uid_validity_code>()) {
        result_.uid_validity = validity->value;
    } else if (const auto* next = code.as<uid_next_code>()) {
        result_.uid_next = next->value;
    } else if (const auto* unseen = code.as<unseen_code>()) {
        result_.unseen = unseen->value;
    } else if (const auto* modseq = code.as<highest_modseq_code>()) {
        result_.highest_modseq = modseq->value;
    } else if (code.is("NOMODSEQ")) {
        result_.no_modseq = true;
    } else if (code.is("READ-ONLY")) {
        result_.read_only = true;
    } else if (code.is("READ-WRITE")) {
        result_.read_only = false;
    } else if (code.is("CLOSED")) {
        // What has come so far was about the mailbox before (RFC 7162 section 3.2.11).
        const bool read_only = iequals(name_, "EXAMINE");
        result_ = select_result();
        result_.read_only = read_only;
        permanent_flags_told_ = false;
    } else {
        return false;
    }
    return true;
}

std::error_code select_command::on_tagged(const wire::status_response& state, session_context&) {
    if (state.status != wire::status::ok)
        return {};
    take_code(state.code);
    // RFC 9051 section 6.3.2: without PERMANENTFLAGS all flags can be changed for good.
    if (!permanent_flags_told_)
        result_.permanent_flags = result_.flags;
    return {};
}

} // namespace coimap::commands
