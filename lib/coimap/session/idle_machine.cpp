#include "coimap/session/idle_machine.hpp"

namespace coimap {

void idle_machine::start(time_point now) noexcept {
    state_ = state::waiting;
    stopping_ = refused_ = noop_under_way_ = false;
    short_lives_ = 0;
    since_ = act_at_ = now;
    grace_until_.reset();
}

void idle_machine::stop(time_point now) noexcept {
    if (state_ == state::off || stopping_)
        return;
    stopping_ = true;
    grace_until_ = now + times_.grace;
}

idle_machine::action idle_machine::next(bool quiet, bool able, time_point now) noexcept {
    switch (state_) {
    case state::off:
    case state::asked:   // DONE is not sent before the `+`
    case state::leaving: // and only once
        return action::nothing;

    case state::waiting:
        if (stopping_ || refused_)
            return action::finished;
        if (!quiet || now < act_at_)
            return action::nothing;
        if (!able || short_lives_ >= 3) {
            state_ = state::polling;
            act_at_ = now;
            return next(quiet, able, now);
        }
        state_ = state::asked;
        since_ = now;
        return action::send_idle;

    case state::idling:
        if (!stopping_ && quiet && now < act_at_)
            return action::nothing;
        state_ = state::leaving;
        since_ = now;
        if (!grace_until_)
            grace_until_ = now + times_.grace;
        return action::send_done;

    case state::polling:
        if (stopping_)
            return noop_under_way_ ? action::nothing : action::finished;
        if (noop_under_way_ || !quiet || now < act_at_)
            return action::nothing;
        noop_under_way_ = true;
        return action::send_noop;
    }
    return action::nothing;
}

void idle_machine::on_continuation(time_point now) noexcept {
    if (state_ != state::asked)
        return;
    state_ = state::idling;
    since_ = now;
    act_at_ = now + times_.idle_renewal;
}

void idle_machine::on_tagged(bool ok, time_point now) noexcept {
    switch (state_) {
    case state::asked:
        // NO or BAD in place of the `+` ends idle() with an error; an OK there makes no sense but is an end,
        // too.
        if (!ok)
            refused_ = true;
        [[fallthrough]];
    case state::idling:
        // The server ended it by itself: idle again, but do not run in circles with a server that never
        // idles.
        short_lives_ = now - since_ < std::chrono::seconds(1) ? short_lives_ + 1 : 0;
        break;
    case state::leaving:
        break;
    case state::polling:
        noop_under_way_ = false;
        act_at_ = now + times_.poll_interval;
        return;
    case state::off:
    case state::waiting:
        return;
    }
    state_ = state::waiting;
    since_ = act_at_ = now;
    if (!stopping_)
        grace_until_.reset();
}

void idle_machine::on_command(time_point now) noexcept {
    if (state_ == state::waiting)
        act_at_ = now + times_.idle_resume;
}

std::optional<time_point> idle_machine::deadline(bool quiet) const noexcept {
    std::optional<time_point> when = grace_until_;
    const bool timed =
        state_ == state::waiting || state_ == state::idling || (state_ == state::polling && !noop_under_way_);
    if (timed && quiet && (!when || act_at_ < *when))
        when = act_at_;
    return when;
}

bool idle_machine::overdue(time_point now) const noexcept {
    return grace_until_ && now >= *grace_until_;
}

void idle_machine::finish() noexcept {
    state_ = state::off;
    stopping_ = false;
    grace_until_.reset();
}

} // namespace coimap
