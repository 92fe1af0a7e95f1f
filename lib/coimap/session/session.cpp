#include "coimap/session/session.hpp"

#include "coimap/core/ascii.hpp"

#include <algorithm>

namespace coimap {

session::session(session_options options, trace* log)
    : options_(std::move(options)), trace_(log), framer_(options_.limits), commands_(options_.tag_prefix),
      events_(options_.limits.pending_events, options_.limits.pending_event_octets), idle_(options_.timings) {
}

session::~session() = default;

// ---------------------------------------------------------------------------------------------------------------
// time

bool session::quiet() const noexcept {
    const std::size_t own = idle_command_ != 0 ? 1 : 0;
    return commands_.waiting() == 0 && commands_.under_way() == own;
}

bool session::answer_due() const noexcept {
    if (congested())
        return false;
    if (state_ == session_state::greeting || !output_.empty())
        return true;
    const bool resting = idle_command_ != 0 && idle_.at() == idle_machine::state::idling;
    return commands_.under_way() > (resting ? 1u : 0u) && payload_left_ == 0;
}

std::optional<time_point> session::next_deadline() const noexcept {
    if (failed() || finished_ || awaits_tls_)
        return std::nullopt;
    std::optional<time_point> soonest;
    const auto consider = [&](const std::optional<time_point>& when) {
        if (when && (!soonest || *when < *soonest))
            soonest = when;
    };
    if (last_activity_ && answer_due())
        consider(*last_activity_ + options_.timings.inactivity);
    consider(idle_.deadline(quiet()));
    consider(logout_until_);
    consider(abort_until_);
    if (abandoned_ != 0 && !congested())
        consider(drained_until_);
    return soonest;
}

void session::on_time(time_point now) {
    if (failed() || finished_ || awaits_tls_)
        return;
    if (logout_until_ && now >= *logout_until_) {
        // The server was told; whether it answers makes no difference to anybody.
        finished_ = true;
        close(make_error_code(errc::closed));
        return;
    }
    if (idle_.overdue(now)) {
        fail(make_error_code(errc::grace_timeout), {"IDLE", {}, {}, "DONE was not answered", false});
        return;
    }
    if (abort_until_ && now >= *abort_until_) {
        fail(make_error_code(errc::grace_timeout),
             {"AUTHENTICATE", {}, {}, "the cancellation was not answered", false});
        return;
    }
    if (abandoned_ != 0 && !congested() && now >= drained_until_) {
        fail(make_error_code(errc::grace_timeout),
             {{}, {}, {}, "the answer to an abandoned command did not end", false});
        return;
    }
    if (last_activity_ && answer_due() && now >= *last_activity_ + options_.timings.inactivity) {
        if (!recover_short_literal(now))
            fail(make_error_code(errc::inactivity_timeout));
        return;
    }
    pump(now);
}

// ---------------------------------------------------------------------------------------------------------------
// state

bool session::enabled(std::string_view capability) const noexcept {
    return std::any_of(enabled_.begin(), enabled_.end(),
                       [&](const auto& each) { return iequals(each, capability); });
}

std::uint32_t session::exists() const noexcept {
    return mailbox_ ? mailbox_->exists() : 0;
}

std::string_view session::tag() const noexcept {
    current_tag_ = commands_.tag(current_id_);
    return current_tag_;
}

wire::parse_options session::parse_options() const noexcept {
    wire::parse_options options;
    options.limits = options_.limits;
    options.utf8_names = utf8_names_;
    options.extra_rules = options_.extra_rules;
    options.extra_code_rules = options_.extra_code_rules;
    return options;
}

wire::writer_options session::writer_options() const noexcept {
    wire::writer_options options;
    options.literal_plus = capabilities_.has_literal_plus();
    options.literal_minus = capabilities_.has_literal_minus() || capabilities_.is_rev2();
    options.utf8_names = options.utf8_quoted = utf8_names_;
    options.binary = capabilities_.has_binary() || capabilities_.is_rev2();
    return options;
}

bool session::congested() const noexcept {
    bool full = false;
    for (const command_entry& entry : commands_) {
        if (entry.at == command_entry::stage::done || entry.abandoned || entry.id == idle_command_)
            continue;
        if (entry.under_way() && entry.command->congested())
            full = true;
        else
            return false; // somebody else waits: the stream has to bear it
    }
    return full;
}

void session::secured(time_point now) {
    awaits_tls_ = false;
    options_.secure = true;
    // Nothing that was said in the clear is believed any longer (RFC 9051 section 6.2.1).
    capabilities_.forget();
    framer_.reset();
    last_activity_ = now;
}

void session::close(std::error_code reason, diagnostics details) {
    if (failed())
        return;
    details.connection_usable = false;
    fail(reason, std::move(details));
}

const diagnostics& session::failure_details() const noexcept {
    static const diagnostics none;
    return failure_details_ ? *failure_details_ : none;
}

void session::release_memory() noexcept {
    input_.release_if_empty();
    output_.release_if_empty();
    if (scratch_.capacity() > 0)
        scratch_.release();
}

void session::on_stream_end(std::error_code reason, time_point) {
    if (failed())
        return;
    if (finished_ || logout_until_) {
        finished_ = true;
        close(make_error_code(errc::closed));
        return;
    }
    diagnostics details;
    if (reason)
        details.text = reason.message();
    fail(make_error_code(errc::connection_lost), std::move(details));
}

/// The end of everything in flight. A LOGOUT under way has what it wanted.
void session::fail(std::error_code code, diagnostics details) {
    if (failed())
        return;
    failure_ = code;
    details.connection_usable = false;
    failure_details_ = std::make_unique<const diagnostics>(details);
    state_ = session_state::logout;
    output_.release();
    payload_left_ = 0;
    blocked_by_ = 0;
    if (mailbox_) {
        mailbox_.reset();
        ++selection_;
    }
    if (trace_)
        trace_->note("closed: " + code.message() + (details.text.empty() ? "" : ": " + details.text));
    while (!commands_.empty()) {
        const auto first = std::find_if(commands_.begin(), commands_.end(), [](const auto& each) {
            return each.at != command_entry::stage::done;
        });
        const bool leaving = first->command->transition() == transition::logs_out;
        diagnostics own = details;
        if (own.operation.empty())
            own.operation = first->command->name();
        end(*first, leaving && (said_bye_ || finished_) ? std::error_code() : code, std::move(own));
    }
    finish_idle(code, details);
    events_.push(events::closed{code});
}

} // namespace coimap
