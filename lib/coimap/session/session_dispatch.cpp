// Whose answer is it? Each response goes to the command that it belongs to, to the view of the mailbox, and
// to the event queue; never to two commands, never to the wrong one.

#include "coimap/session/session.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/wire/codes/lists.hpp"
#include "coimap/wire/responses/capability.hpp"
#include "coimap/wire/responses/list.hpp"
#include "coimap/wire/responses/status.hpp"

#include <algorithm>

namespace coimap {
namespace {

/// So many responses that belong to nothing are borne between two answers: proxies send a stale answer now
/// and then.
constexpr unsigned most_strays = 100;

std::string_view status_name(wire::status value) noexcept {
    switch (value) {
    case wire::status::ok:
        return "OK";
    case wire::status::no:
        return "NO";
    case wire::status::bad:
        return "BAD";
    case wire::status::preauth:
        return "PREAUTH";
    case wire::status::bye:
        return "BYE";
    }
    return {};
}

std::string code_text(const wire::response_code& code) {
    std::string text(code.name);
    if (!code.arguments.empty())
        text.append(" ").append(code.arguments);
    return text;
}

/// A name that would be sent back some day as a command of the server's choice.
template<class Data>
bool names_with_control(const wire::response& response) noexcept {
    const auto* data = response.as<Data>();
    return data != nullptr && (std::any_of(data->wire_name.begin(), data->wire_name.end(), is_control) ||
                               std::any_of(data->mailbox.begin(), data->mailbox.end(), is_control));
}

std::error_code limit_error(std::string_view limit) noexcept {
    return make_error_code(limit == "limit.nesting"  ? errc::nesting_too_deep
                           : limit == "limit.memory" ? errc::response_too_large
                                                     : errc::list_too_long);
}

} // namespace

void session::report_defect(std::string what, std::string_view bytes) {
    if (++strays_ > most_strays) {
        fail(make_error_code(errc::protocol_violation),
             {{}, {}, {}, "too many responses that belong to nothing", false});
        return;
    }
    constexpr std::size_t shown = 1024;
    events_.push(events::protocol_defect{std::move(what), std::string(bytes.substr(0, shown))});
}

bool session::allowed_before_tls(const wire::response& response) const noexcept {
    if (!options_.tls_required || options_.secure)
        return true;
    switch (response.type) {
    case wire::response::kind::tagged:
        return true; // on_tagged looks closer
    case wire::response::kind::data:
        return response.as<capability_data>() != nullptr;
    case wire::response::kind::status:
        return response.state.status == wire::status::bye;
    default:
        return false;
    }
}

void session::on_greeting(const wire::response& response) {
    if (response.type != wire::response::kind::status) {
        fail(make_error_code(errc::protocol_violation),
             {{}, {}, {}, "the greeting is not one of IMAP", false});
        return;
    }
    take_capabilities(response);
    switch (response.state.status) {
    case wire::status::ok:
        state_ = session_state::not_authenticated;
        break;
    case wire::status::preauth:
        if (options_.tls_required && !options_.secure) {
            fail(make_error_code(errc::preauth_in_clear));
            return;
        }
        state_ = session_state::authenticated;
        break;
    case wire::status::bye:
        on_bye(response);
        return;
    case wire::status::no:
    case wire::status::bad:
        fail(make_error_code(errc::server_bye), {{},
                                                 std::string(status_name(response.state.status)),
                                                 std::string(response.state.code.name),
                                                 std::string(response.state.text),
                                                 false});
        return;
    }
    if (response.state.code.is("ALERT"))
        note_status(response);
}

void session::on_bye(const wire::response& response) {
    const auto& state = response.state;
    said_bye_ = true;
    const std::string text = masked(state.text);
    events_.push(events::bye{code_text(state.code), text});
    if (logout_until_)
        return;
    fail(make_error_code(errc::server_bye), {{}, "BYE", std::string(state.code.name), text, false});
}

void session::on_continuation(const wire::response& response, time_point now) {
    if (blocked_by_ != 0 && awaits_plus_) {
        if (command_entry* entry = commands_.find(blocked_by_)) {
            awaits_plus_ = false;
            send_more(*entry, now);
            return;
        }
    }
    if (idle_command_ != 0 && idle_.at() == idle_machine::state::asked) {
        idle_.on_continuation(now);
        return;
    }
    for (command_entry& entry : commands_) {
        if (!entry.under_way())
            continue;
        current_id_ = entry.id;
        if (entry.aborting) {
            if (const auto line = entry.command->abort_line()) {
                send_line(entry, *line, false);
                return;
            }
        }
        continuation_reply reply = entry.command->on_continuation(response.state.text);
        if (!reply.line)
            continue;
        if (reply.failure)
            entry.failure = reply.failure;
        send_line(entry, *reply.line, reply.secret);
        return;
    }
    // Exchange is known for needless ones.
    report_defect("a continuation that nobody awaits", response.bytes);
}

void session::on_tagged(const wire::response& response, time_point now) {
    command_entry* entry = commands_.find(response.tag);
    const bool known = entry && entry->under_way();
    if (!known) {
        if (state_ == session_state::not_authenticated)
            fail(make_error_code(errc::protocol_violation), {{}, {}, {}, "an answer to nothing", false});
        else
            report_defect("an answer to no command", response.bytes);
        return;
    }
    const bool positive = response.state.status == wire::status::ok;
    if (positive && entry->at != command_entry::stage::sent) {
        fail(make_error_code(errc::protocol_violation), {std::string(entry->command->name()),
                                                         {},
                                                         {},
                                                         "the command was answered before it was sent",
                                                         false});
        return;
    }
    // What is still in the buffer of the writer was not read by the server either: its answer is forged.
    if (positive && options_.tls_required && !options_.secure && !output_.empty()) {
        fail(make_error_code(errc::protocol_violation),
             {"STARTTLS", {}, {}, "answered before it was sent", false});
        return;
    }
    complete(*entry, response, now);
}

void session::complete(command_entry& entry, const wire::response& response, time_point now) {
    const wire::status_response& state = response.state;
    current_id_ = entry.id;
    // Where answers find their commands, a stray now and then over weeks is no sign of a stream out of step.
    strays_ = 0;

    if (entry.id == idle_command_) {
        const bool refused = state.status != wire::status::ok && idle_.at() != idle_machine::state::leaving;
        if (refused && idle_.at() != idle_machine::state::polling) {
            idle_refusal_ = std::make_unique<refusal>(
                refusal{make_error_code(state.status == wire::status::no ? errc::no : errc::bad),
                        {"IDLE", std::string(status_name(state.status)), std::string(state.code.name),
                         std::string(state.text), true}});
        }
        idle_command_ = 0;
        idle_.on_tagged(!refused, now);
        note_status(response);
        commands_.finish(entry);
        return;
    }

    // Some servers answer LOGOUT with a tagged BYE.
    const bool logged_out =
        state.status == wire::status::bye && entry.command->transition() == transition::logs_out;
    const bool ok = state.status == wire::status::ok || logged_out;

    std::error_code code = entry.failure;
    const std::error_code own = entry.command->on_tagged(state, *this);
    if (!code)
        code = own;
    if (!code && !ok)
        code = make_error_code(state.status == wire::status::no ? errc::no : errc::bad);
    // Cancelled or not: who did not prove himself is not to be trusted with anything else.
    const std::error_code earned = code;
    const bool fatal = ok && earned && entry.command->fatal_on_error();
    if (entry.aborting)
        code = make_error_code(errc::cancelled);

    diagnostics details;
    if (code) {
        details.operation = entry.command->name();
        if (!ok)
            details.status = status_name(state.status);
        details.response_code = state.code.name;
        details.text = entry.command->mask_secrets(state.text);
    }

    apply_transition(entry, ok, response);
    if (idle_.active() && idle_bound_to_ != 0 && idle_bound_to_ != selection_)
        idle_.stop(now);
    take_capabilities(response);
    if (state.code.is("ALERT"))
        note_status(response);
    if (entry.aborting)
        abort_until_.reset();
    restart_drain();

    if (fatal)
        details.connection_usable = false;

    if (blocked_by_ == entry.id && payload_left_ != 0) {
        // Refused while its literal is on its way: the literal has to be finished all the same.
        entry.answered = true;
        entry.failure = code;
        entry.details = std::make_unique<diagnostics>(std::move(details));
        return;
    }
    if (blocked_by_ == entry.id) {
        blocked_by_ = 0;
        awaits_plus_ = false;
    }

    const diagnostics condemned = fatal ? details : diagnostics{};
    end(entry, code, std::move(details));
    idle_.on_command(now);
    if (fatal)
        fail(earned, condemned);
}

/// The server's words, without what it may have been told in confidence by a command under way.
std::string session::masked(std::string_view text) const {
    std::string safe(text);
    for (const command_entry& entry : commands_)
        if (entry.under_way())
            safe = entry.command->mask_secrets(safe);
    return safe;
}

/// Text of a status response that nobody asked for.
void session::note_status(const wire::response& response) {
    const auto& state = response.state;
    if (state.code.is("ALERT")) {
        events_.push(events::alert{masked(state.text), options_.secure});
    } else if (response.type == wire::response::kind::status && state_ != session_state::not_authenticated &&
               !state.code.is("CAPABILITY")) {
        events_.push(events::notice{std::string(status_name(state.status)), code_text(state.code),
                                    masked(state.text)});
    }
}

/// Somebody got an answer: who is drained behind or beside it has not held anybody up.
void session::restart_drain() noexcept {
    if (abandoned_ != 0 && last_activity_)
        drained_until_ = *last_activity_ + options_.timings.drain;
}

/// Counts octets of a command's answer. Whether there may be so many; else the connection is given up.
bool session::within_budget(command_entry& entry, std::uint64_t octets) {
    entry.answer_octets += octets;
    const bool drained = entry.abandoned;
    if (!drained)
        restart_drain();
    if (!drained && !entry.command->collects())
        return true;
    if (entry.answer_octets <= (drained ? options_.limits.drain : options_.limits.collected))
        return true;
    diagnostics details;
    details.operation = entry.command->name();
    fail(make_error_code(drained ? errc::too_much_unclaimed : errc::answer_too_large), std::move(details));
    return false;
}

void session::on_untagged(const wire::response& response) {
    if (response.type == wire::response::kind::status && response.state.status == wire::status::bye) {
        on_bye(response);
        return;
    }
    if (!response.limit.empty()) {
        fail(limit_error(response.limit));
        return;
    }
    if (names_with_control<list_data>(response) || names_with_control<lsub_data>(response) ||
        names_with_control<xlist_data>(response) || names_with_control<status_data>(response)) {
        report_defect("a mailbox name with control characters", response.bytes);
        return;
    }
    take_capabilities(response);
    if (const auto* data = response.as<enabled_data>()) {
        for (const std::string_view name : data->names) {
            if (!enabled(name))
                enabled_.emplace_back(name);
        }
        utf8_names_ = enabled("UTF8=ACCEPT") || enabled("IMAP4rev2");
    }

    mailbox_view* view = selecting_ ? selecting_.get() : mailbox_ ? &*mailbox_ : nullptr;
    std::optional<event> happened;
    if (view != nullptr)
        happened = view->apply(response);
    if (happened && (std::holds_alternative<events::expunged>(*happened) ||
                     std::holds_alternative<events::vanished>(*happened)))
        ++expunges_;

    bool claimed = false;
    for (command_entry& entry : commands_) {
        if (!entry.under_way())
            continue;
        current_id_ = entry.id;
        const claim answer = entry.command->on_untagged(response, *this);
        if (answer == claim::not_mine)
            continue;
        if (!within_budget(entry, response.bytes.size()))
            return;
        if (answer == claim::mine)
            return;
        claimed = true;
        break;
    }

    if (view != nullptr && !happened)
        happened = view->news_of(response);
    if (happened) {
        if (std::holds_alternative<events::protocol_defect>(*happened) && ++strays_ > most_strays)
            fail(make_error_code(errc::protocol_violation),
                 {{}, {}, {}, "too many numbers out of range", false});
        else
            events_.push(*std::move(happened));
        return;
    }
    const bool is_status = response.type == wire::response::kind::status;
    if ((claimed && !is_status) || response.as<capability_data>() || response.as<enabled_data>())
        return;
    if (response.type == wire::response::kind::status) {
        const auto& code = response.state.code;
        const bool known_to_view = code.is("UIDNEXT") || code.is("UIDVALIDITY") || code.is("HIGHESTMODSEQ") ||
                                   code.is("READ-ONLY") || code.is("READ-WRITE");
        if (!known_to_view || view == nullptr)
            note_status(response);
        return;
    }
    constexpr std::size_t shown = 4096;
    events_.push(
        events::other_data{std::string(response.name), std::string(response.bytes.substr(0, shown))});
}

} // namespace coimap
