// Commands on their way out: queueing, the pipelining rules, literals that wait for the server, cancelling,
// idling.

#include "coimap/session/session.hpp"

#include "coimap/session/trace.hpp"

#include <algorithm>

namespace coimap {
namespace {

/// A command that the session sends for itself.
class own_command final : public command_of<void> {
public:
    own_command(std::string_view name, command_effect effect) noexcept : name_(name), effect_(effect) {}

    std::string_view name() const noexcept override { return name_; }
    pipelining_traits traits() const noexcept override { return {effect_, {}}; }
    std::error_code write(wire::command_writer& out, const session_context&) override {
        out.raw(name_);
        return {};
    }

private:
    std::string_view name_;
    command_effect effect_;
};

bool changes_session(const command& what) noexcept {
    return what.transition() != transition::none || has(what.traits().effect, command_effect::exclusive);
}

} // namespace

command_id session::submit(std::shared_ptr<command> what, std::shared_ptr<completion> done, time_point now,
                           std::uint64_t selection) {
    // Whatever changes the session first decides how this one is written, and whether it is allowed.
    const bool early = !commands_.session_changes();
    const bool changes = changes_session(*what);
    command_entry& entry = commands_.append(std::move(what), changes);
    entry.completion = std::move(done);
    entry.bound_to = selection;
    entry.expunges = expunges_;
    const command_id id = entry.id;
    idle_.on_command(now);
    if (failed()) {
        diagnostics details = failure_details();
        details.operation = entry.command->name();
        end(entry, failure_, std::move(details));
        return id;
    }
    if (early) {
        if (const std::error_code code = encode(entry)) {
            diagnostics details;
            details.operation = entry.command->name();
            end(entry, code, std::move(details));
        }
    }
    return id;
}

std::error_code session::check_state(const command_entry& entry) const noexcept {
    const command& what = *entry.command;
    const command_effect effect = entry.traits.effect;
    if (has(effect, command_effect::uses_numbers) && entry.expunges != expunges_)
        return make_error_code(errc::stale_numbers);
    if (entry.bound_to != 0 && entry.bound_to != selection_)
        return make_error_code(errc::stale_mailbox);
    const bool authenticated = state_ == session_state::authenticated || state_ == session_state::selected;
    if (state_ == session_state::greeting || state_ == session_state::logout || logout_until_)
        return make_error_code(errc::bad_state);
    if (has(effect, command_effect::needs_selected) && state_ != session_state::selected)
        return make_error_code(errc::bad_state);
    if (has(effect, command_effect::needs_authenticated) && !authenticated)
        return make_error_code(errc::bad_state);
    if (has(effect, command_effect::needs_not_authenticated) && state_ != session_state::not_authenticated)
        return make_error_code(errc::bad_state);
    // Demanded means demanded: nothing else leaves before TLS is up.
    if (options_.tls_required && !options_.secure && what.transition() != transition::starts_tls)
        return make_error_code(errc::tls_required);
    return {};
}

std::error_code session::encode(command_entry& entry) {
    if (const std::error_code code = check_state(entry))
        return code;
    current_id_ = entry.id;
    wire::command_writer writer(commands_.tag(entry.id), writer_options());
    if (const std::error_code code = entry.command->write(writer, *this))
        return code;
    result<wire::encoded_command> octets = std::move(writer).finish();
    if (!octets)
        return octets.error();
    entry.octets = *std::move(octets);
    entry.encoded = true;
    return {};
}

void session::pump(time_point now) {
    while (!failed() && !awaits_tls_ && !finished_) {
        if (start_queued(now))
            continue;
        const command_id before = idle_command_;
        run_idle(now);
        if (idle_command_ == before)
            return;
    }
}

/// Starts the next command in the queue, if it may go out now. Whether to ask again.
bool session::start_queued(time_point now) {
    if (blocked_by_ != 0 || state_ == session_state::greeting)
        return false;
    command_entry* entry = commands_.next_queued();
    if (entry == nullptr || !commands_.may_start(*entry))
        return false;
    const bool moved =
        has(entry->traits.effect, command_effect::uses_numbers) && entry->expunges != expunges_;
    const bool current = (entry->bound_to == 0 || entry->bound_to == selection_) && !moved;
    if (!entry->encoded || !current) {
        if (const std::error_code code = encode(*entry)) {
            diagnostics details;
            details.operation = entry->command->name();
            end(*entry, code, std::move(details));
            return true;
        }
    }
    commands_.start(*entry);
    if (commands_.under_way() == 1)
        last_activity_ = now;
    switch (entry->command->transition()) {
    case transition::authenticates:
        told_at_login_ = told_capabilities_;
        break;
    case transition::selects:
        selecting_ = std::make_unique<mailbox_view>();
        break;
    case transition::logs_out:
        logout_until_ = now + options_.timings.logout;
        break;
    default:
        break;
    }
    if (trace_) {
        if (entry->octets.secret)
            trace_->sent(commands_.tag(entry->id) + " " + std::string(entry->command->name()) +
                         " <redacted>");
        else
            trace_octets(*trace_, true, entry->octets.bytes);
    }
    send_more(*entry, now);
    return true;
}

/// Hands on as much of the command as may be sent before the server, or the application, has to do its part.
void session::send_more(command_entry& entry, time_point now) {
    (void)now;
    const wire::encoded_command& octets = entry.octets;
    for (;;) {
        const std::size_t sync = entry.next_sync < octets.sync_points.size()
                                     ? octets.sync_points[entry.next_sync]
                                     : octets.bytes.size() + 1;
        const std::size_t stream = entry.next_stream < octets.streamed.size()
                                       ? octets.streamed[entry.next_stream].offset
                                       : octets.bytes.size() + 1;
        const std::size_t stop = std::min({sync, stream, octets.bytes.size()});
        output_.append(std::string_view(octets.bytes).substr(entry.sent, stop - entry.sent), octets.secret);
        entry.sent = stop;
        if (sync == stop) {
            ++entry.next_sync;
            blocked_by_ = entry.id;
            awaits_plus_ = true;
            return;
        }
        if (stream == stop) {
            blocked_by_ = entry.id;
            payload_left_ = octets.streamed[entry.next_stream].size;
            ++entry.next_stream;
            if (payload_left_ != 0)
                return;
            continue;
        }
        break;
    }
    entry.at = command_entry::stage::sent;
    blocked_by_ = 0;
    entry.drop_octets(); // an idle connection keeps nothing
    if (entry.answered) {
        diagnostics details = std::move(*entry.details);
        end(entry, entry.failure, std::move(details));
    }
}

void session::send_line(const command_entry& entry, std::string_view line, bool secret) {
    if (trace_)
        trace_->sent(secret ? std::string(entry.command->name()) + ": <redacted>" : std::string(line));
    output_.append(line, secret);
    output_.append("\r\n");
}

void session::consumed(std::size_t count, time_point now) {
    output_.consume(count);
    // Writing is activity while there is much of it. A short command beside others that were not answered is
    // none: a server that went silent would never be found out by who asks again and again.
    if (!output_.empty() || payload_left_ != 0 || commands_.under_way() <= 1)
        last_activity_ = now;
}

std::optional<std::uint64_t> session::payload_wanted(command_id id) const noexcept {
    if (failed() || blocked_by_ != id || awaits_plus_ || payload_left_ == 0)
        return std::nullopt;
    return payload_left_;
}

void session::feed(command_id id, std::string_view octets, time_point now) {
    const auto wanted = payload_wanted(id);
    if (!wanted)
        return;
    octets = octets.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(*wanted, octets.size())));
    output_.append(octets);
    payload_left_ -= octets.size();
    last_activity_ = now;
    if (payload_left_ == 0) {
        if (command_entry* entry = commands_.find(id))
            send_more(*entry, now);
    }
}

void session::end(command_entry& entry, std::error_code code, diagnostics details) {
    if (entry.abandoned)
        --abandoned_;
    const std::shared_ptr<completion> done = std::move(entry.completion);
    const std::shared_ptr<command> keep_alive = entry.command;
    commands_.finish(entry);
    if (done)
        done->on_done(code, std::move(details));
}

void session::cancel(command_id id, time_point now) {
    command_entry* entry = commands_.find(id);
    if (entry == nullptr)
        return;
    diagnostics details;
    details.operation = entry->command->name();
    if (entry->at == command_entry::stage::queued) {
        end(*entry, make_error_code(errc::cancelled), std::move(details));
        return;
    }
    const bool has_stream = entry->at == command_entry::stage::sending && !entry->octets.streamed.empty();
    if (has_stream || entry->aborting) {
        // A literal without its octets cannot be ended legally; and who cancels twice wants out at once. The
        // others were not cancelled: the connection is closed under them.
        diagnostics others;
        others.text =
            details.operation + (has_stream ? " was cancelled within its literal" : " was cancelled twice");
        details.connection_usable = false;
        end(*entry, make_error_code(errc::cancelled), std::move(details));
        fail(make_error_code(errc::closed), std::move(others));
        return;
    }
    if (entry->command->abort_line()) {
        entry->aborting = true;
        abort_until_ = now + options_.timings.grace;
        return;
    }
    if (entry->abandoned)
        return;
    entry->abandoned = true;
    entry->answer_octets = 0;
    if (abandoned_++ == 0)
        drained_until_ = now + options_.timings.drain;
    entry->command->on_abandoned();
    const std::shared_ptr<completion> done = std::move(entry->completion);
    if (done)
        done->on_done(make_error_code(errc::cancelled), std::move(details));
}

// ---------------------------------------------------------------------------------------------------------------
// idle()

void session::start_idle(std::shared_ptr<completion> done, time_point now, std::uint64_t selection) {
    diagnostics details;
    details.operation = "IDLE";
    std::error_code code;
    if (failed()) {
        code = failure_;
        details = failure_details();
        details.operation = "IDLE";
    } else if (selection != 0 && selection != selection_) {
        code = make_error_code(errc::stale_mailbox);
    } else if (idle_.active()) {
        code = make_error_code(errc::already_idling);
    } else if (state_ != session_state::authenticated && state_ != session_state::selected &&
               commands_.empty()) {
        code = make_error_code(errc::bad_state);
    }
    if (code) {
        done->on_done(code, std::move(details));
        return;
    }
    idle_done_ = std::move(done);
    idle_bound_to_ = selection;
    idle_.start(now);
}

void session::stop_idle(time_point now) {
    idle_.stop(now);
}

void session::abort_idle() {
    if (!idle_.active())
        return;
    finish_idle(make_error_code(errc::cancelled), {{}, {}, {}, {}, false});
    fail(make_error_code(errc::closed), {{}, {}, {}, "IDLE was cancelled twice", false});
}

void session::run_idle(time_point now) {
    const bool able = capabilities_.has_idle();
    switch (idle_.next(quiet(), able, now)) {
    case idle_machine::action::nothing:
        return;
    case idle_machine::action::send_idle: {
        // It has no state, so one is enough for all sessions.
        static const auto idle = std::make_shared<own_command>(
            "IDLE", command_effect::exclusive | command_effect::needs_authenticated);
        idle_command_ = submit_own(idle);
        if (idle_command_ == 0) {
            idle_.on_tagged(false, now);
            idle_refusal_ = std::make_unique<refusal>(refusal{make_error_code(errc::bad_state), {}});
            run_idle(now);
        }
        return;
    }
    case idle_machine::action::send_noop:
        idle_command_ = submit_own(std::make_shared<own_command>("NOOP", command_effect::none));
        return;
    case idle_machine::action::send_done:
        if (trace_)
            trace_->sent("DONE");
        output_.append("DONE\r\n");
        last_activity_ = now;
        return;
    case idle_machine::action::finished: {
        const refusal why = idle_refusal_ ? std::move(*idle_refusal_) : refusal();
        const bool stale = idle_bound_to_ != 0 && idle_bound_to_ != selection_;
        const std::error_code code = stale              ? make_error_code(errc::stale_mailbox)
                                     : idle_.stopping() ? make_error_code(errc::cancelled)
                                                        : why.code;
        finish_idle(code, why.details);
        return;
    }
    }
}

command_id session::submit_own(std::shared_ptr<command> what) {
    command_entry& entry = commands_.append(std::move(what));
    if (encode(entry)) {
        commands_.finish(entry);
        return 0;
    }
    return entry.id;
}

void session::finish_idle(std::error_code code, diagnostics details) {
    idle_.finish();
    idle_refusal_.reset();
    details.operation = "IDLE";
    if (const std::shared_ptr<completion> done = std::move(idle_done_))
        done->on_done(code, std::move(details));
}

} // namespace coimap
