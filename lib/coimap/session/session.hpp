#pragma once
// The protocol of one connection as a pure state machine: octets and time go in, octets, completions and
// events come out. It does no I/O, owns no clock and never throws; the connection above it moves octets and
// keeps one timer.
//
// Every function may complete commands (completion::on_done) and push events; neither may call the session
// back.

#include "coimap/core/arena.hpp"
#include "coimap/session/capabilities.hpp"
#include "coimap/session/command.hpp"
#include "coimap/session/event_queue.hpp"
#include "coimap/session/idle_machine.hpp"
#include "coimap/session/in_flight.hpp"
#include "coimap/session/input_buffer.hpp"
#include "coimap/session/mailbox_view.hpp"
#include "coimap/session/output_buffer.hpp"
#include "coimap/session/session_options.hpp"
#include "coimap/session/trace.hpp"
#include "coimap/wire/framer.hpp"
#include "coimap/wire/kept.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace coimap {

class session final : private session_context {
public:
    /// `log`, where there is one, outlives the session.
    explicit session(session_options options, trace* log = nullptr);
    ~session() override;

    // --- octets of the server
    // -------------------------------------------------------------------------------

    /// Room for so many octets from the server.
    std::span<char> prepare(std::size_t count);
    /// So many octets were read into it: everything whole in them is dispatched.
    void commit(std::size_t count, time_point now);
    /// The stream ended, cleanly or not.
    void on_stream_end(std::error_code reason, time_point now);
    /// Reading goes on after a pause of the application's: until now the server's silence was none.
    void resumed(time_point now) noexcept {
        last_activity_ = now;
        restart_drain();
    }
    /// Nothing arrives at the moment: gives the input buffer back.
    void release_memory() noexcept;

    // --- octets for the server
    // ------------------------------------------------------------------------------

    /// Puts everything that may be sent now into output(): queued commands as the rules allow, IDLE, DONE.
    void pump(time_point now);
    std::string_view output() const noexcept { return output_.pending(); }
    void consumed(std::size_t count, time_point now);

    // --- commands
    // -------------------------------------------------------------------------------------------

    /// Queues a command; the outcome goes to `done`, from within this call when it cannot be sent at all.
    /// `selection`, unless 0, is the selection() that the command was meant for: errc::stale_mailbox when it
    /// is another one by the time the command would be sent.
    command_id submit(std::shared_ptr<command> what, std::shared_ptr<completion> done, time_point now,
                      std::uint64_t selection = 0);

    /// Nobody waits any more. A queued command is removed; one that is under way is abandoned (its answer is
    /// drained); AUTHENTICATE is ended with `*`. Completes it with errc::cancelled, AUTHENTICATE once the
    /// server has answered.
    void cancel(command_id id, time_point now);

    /// The streamed literal of this command can be written now: how many octets are still to come. Nothing:
    /// not yet, or no longer.
    std::optional<std::uint64_t> payload_wanted(command_id id) const noexcept;
    /// Octets of it, at most as many as wanted.
    void feed(command_id id, std::string_view octets, time_point now);

    // --- idle()
    // ---------------------------------------------------------------------------------------------

    /// Wants to idle from now on. The end goes to `done`: errc::cancelled after stop_idle(), the server's
    /// error otherwise. `selection`, unless 0, is the selection() that it is meant for: it ends with
    /// errc::stale_mailbox once that is another one.
    void start_idle(std::shared_ptr<completion> done, time_point now, std::uint64_t selection = 0);
    /// Leaves gracefully: DONE, then the tagged answer. Asking again changes nothing.
    void stop_idle(time_point now);
    /// Leaves at once, which costs the connection.
    void abort_idle();
    idle_machine::state idle_state() const noexcept { return idle_.at(); }
    bool idling() const noexcept { return idle_.active(); }

    // --- time
    // -----------------------------------------------------------------------------------------------

    std::optional<time_point> next_deadline() const noexcept;
    void on_time(time_point now);

    // --- state
    // ----------------------------------------------------------------------------------------------

    session_state state() const noexcept { return state_; }
    bool failed() const noexcept { return static_cast<bool>(failure_); }
    std::error_code failure() const noexcept { return failure_; }
    /// What stands beside the failure; for an error of whoever comes later.
    const diagnostics& failure_details() const noexcept;
    /// LOGOUT was answered: the stream can be closed.
    bool finished() const noexcept { return finished_; }
    /// The caller's end: everything in flight ends with errc::closed (or another reason), nothing is sent.
    void close(std::error_code reason, diagnostics details = {});

    /// STARTTLS was answered OK: no octet may be read or written until the stream is protected and secured()
    /// was called. Bytes that came behind the OK have failed the session already.
    bool awaits_tls() const noexcept { return awaits_tls_; }
    void secured(time_point now);

    const coimap::capabilities& caps() const noexcept override { return capabilities_; }
    bool enabled(std::string_view capability) const noexcept override;
    const mailbox_view* mailbox() const noexcept { return mailbox_ ? &*mailbox_ : nullptr; }
    /// Counts selections: a handle to a mailbox is valid while this number is the one it was made with.
    std::uint64_t selection() const noexcept { return selection_; }
    event_queue& events() noexcept { return events_; }
    const session_options& options() const noexcept { return options_; }

    /// An application's stream is full and nobody else waits for the server: reading should pause.
    bool congested() const noexcept;

private:
    // session_input.cpp
    void frame_input(time_point now);
    bool stream_literal(time_point now);
    void begin_literal(const wire::frame& frame);
    void dispatch(std::string_view bytes, time_point now);
    bool wants_whole(std::string_view bytes) const noexcept;

    // session_recovery.cpp
    bool recover_short_literal(time_point now);

    // session_dispatch.cpp
    void on_greeting(const wire::response& response);
    void on_continuation(const wire::response& response, time_point now);
    void on_tagged(const wire::response& response, time_point now);
    void on_untagged(const wire::response& response);
    void complete(command_entry& entry, const wire::response& response, time_point now);
    void restart_drain() noexcept;
    bool within_budget(command_entry& entry, std::uint64_t octets);
    void note_status(const wire::response& response);
    std::string masked(std::string_view text) const;
    bool allowed_before_tls(const wire::response& response) const noexcept;
    void on_bye(const wire::response& response);

    // session_transitions.cpp
    void apply_transition(const command_entry& entry, bool ok, const wire::response& response);
    void deselect();
    void change_selection(std::string name);
    void take_capabilities(const wire::response& response);

    // session_commands.cpp
    std::error_code encode(command_entry& entry);
    std::error_code check_state(const command_entry& entry) const noexcept;
    bool start_queued(time_point now);
    void send_more(command_entry& entry, time_point now);
    void send_line(const command_entry& entry, std::string_view line, bool secret);
    command_id submit_own(std::shared_ptr<command> what);
    void run_idle(time_point now);
    void finish_idle(std::error_code code, diagnostics details);
    void end(command_entry& entry, std::error_code code, diagnostics details);
    void fail(std::error_code code, diagnostics details = {});
    bool answer_due() const noexcept;
    bool quiet() const noexcept;
    void report_defect(std::string what, std::string_view bytes);

    // session_context
    std::string_view tag() const noexcept override;
    std::uint32_t exists() const noexcept override;
    wire::kept_response keep(const wire::response& current) override;

    wire::parse_options parse_options() const noexcept;
    wire::writer_options writer_options() const noexcept;

    /// How the server refused to let idle.
    struct refusal {
        std::error_code code;
        diagnostics details;
    };

    // What is seldom there has its own memory: idling connections are many.
    session_options options_;
    trace* trace_;
    session_state state_ = session_state::greeting;
    coimap::capabilities capabilities_;
    std::vector<std::string> enabled_;
    bool utf8_names_ = false;

    input_buffer input_;
    wire::framer framer_;
    arena scratch_;
    output_buffer output_;

    in_flight_table commands_;
    command_id blocked_by_ = 0; ///< this command's literal is to be finished before anything else is written
    bool awaits_plus_ = false;  ///< ... once the server has said `+`
    std::uint64_t payload_left_ = 0; ///< ... octets of it that the application still has to bring
    command_id current_id_ = 0;      ///< the command whose turn it is, for tag()
    mutable std::string current_tag_;
    wire::kept_response current_kept_; ///< the response being dispatched, when it was parsed in its own block

    // A literal that does not go into the buffer.
    std::uint64_t literal_left_ = 0;
    std::size_t literal_offset_ = 0;
    command_id literal_for_ = 0; ///< 0: to nobody

    std::optional<mailbox_view> mailbox_;
    std::unique_ptr<mailbox_view> selecting_; ///< what a SELECT under way has told so far
    std::uint64_t selection_ = 0;
    std::uint64_t expunges_ = 0; ///< messages that left the selected mailbox
    event_queue events_;

    idle_machine idle_;
    std::shared_ptr<completion> idle_done_;
    std::uint64_t idle_bound_to_ = 0; ///< the selection that idle() is for; 0: any
    command_id idle_command_ = 0;     ///< IDLE, or the NOOP of polling
    std::unique_ptr<refusal> idle_refusal_;

    std::optional<time_point> last_activity_; ///< octets moved either way
    std::optional<time_point> logout_until_;
    std::optional<time_point> abort_until_; ///< an aborted command must be answered by then
    std::size_t abandoned_ = 0;             ///< commands whose answers are drained
    time_point drained_until_;              ///< by then one must be through, or somebody else be served
    std::uint64_t before_tls_ = 0;
    std::uint64_t told_capabilities_ = 0; ///< how often; tells whether LOGIN's answer came with new ones
    std::uint64_t told_at_login_ = 0;
    unsigned strays_ = 0; ///< responses that belong to nothing

    bool awaits_tls_ = false;
    bool finished_ = false;
    bool said_bye_ = false;
    std::error_code failure_;
    std::unique_ptr<const diagnostics> failure_details_;
};

} // namespace coimap
