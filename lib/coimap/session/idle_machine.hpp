#pragma once
// idle() as a state machine (RFC 2177): when to send IDLE, when DONE, when neither. It does no I/O; the
// session asks it what to do next and tells it what happened.

#include "coimap/session/session_options.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <system_error>

namespace coimap {

using time_point = std::chrono::steady_clock::time_point;

class idle_machine {
public:
    enum class state : std::uint8_t {
        off,     ///< nobody wants to idle
        waiting, ///< wanted; other commands are under way, or a moment of quiet is awaited
        asked,   ///< IDLE is sent, the server's `+` is awaited
        idling,  ///< the server has said `+`
        leaving, ///< DONE is sent, the tagged answer is awaited
        polling, ///< wanted, but the server has no IDLE: NOOP now and then
    };

    enum class action : std::uint8_t {
        nothing,
        send_idle,
        send_done,
        send_noop,
        finished, ///< the wait of idle() ends: the session knows why
    };

    /// The times outlive the machine.
    explicit idle_machine(const timings& times) noexcept : times_(times) {}

    // What the application wants.
    void start(time_point now) noexcept;
    /// The first time: leaves gracefully. Nothing to do when off.
    void stop(time_point now) noexcept;
    bool active() const noexcept { return state_ != state::off; }
    bool stopping() const noexcept { return stopping_; }
    state at() const noexcept { return state_; }

    /// What to do now. `quiet`: no other command is under way or waits. `able`: the server has the
    /// capability.
    action next(bool quiet, bool able, time_point now) noexcept;

    // What happened.
    void on_continuation(time_point now) noexcept;    ///< the server's `+`
    void on_tagged(bool ok, time_point now) noexcept; ///< the answer to IDLE, or to the NOOP of polling
    void on_command(time_point now) noexcept;         ///< another command was asked for, or has ended

    /// When next() wants to be asked again; nothing: only when something happens.
    std::optional<time_point> deadline(bool quiet) const noexcept;

    /// DONE, or the `+` before it, was not answered within the grace.
    bool overdue(time_point now) const noexcept;

    /// Why the wait ended, once next() said finished: an error of the server, or none when it was stopped.
    bool refused() const noexcept { return refused_; }
    void finish() noexcept;

private:
    const timings& times_;
    state state_ = state::off;
    bool stopping_ = false;
    bool refused_ = false;
    bool noop_under_way_ = false;
    unsigned short_lives_ = 0; ///< IDLEs in a row that the server ended at once
    time_point since_{};       ///< of the state
    time_point act_at_{};      ///< renewal, resumption or the next poll
    std::optional<time_point> grace_until_;
};

} // namespace coimap
