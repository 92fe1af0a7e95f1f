#pragma once
// The driver: moves octets between a stream and a session, keeps one timer, resumes who waits. One reader and
// one writer, which belong to the connection and never to whoever asked.

#include "coimap/net/clock.hpp"
#include "coimap/net/operation.hpp"
#include "coimap/net/stream.hpp"
#include "coimap/net/tls_stream.hpp"
#include "coimap/net/waiter.hpp"
#include "coimap/session/session.hpp"

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace coimap {

/// What a connection is made of.
struct connection_parts {
    std::unique_ptr<coimap::stream> stream;
    session_options options;
    const coimap::clock* clock = nullptr;   ///< outlives the connection
    std::shared_ptr<coimap::trace> trace;   ///< may be empty
    std::shared_ptr<const tls_context> tls; ///< for STARTTLS
    std::string host;                       ///< to verify at STARTTLS
};

class connection final : public std::enable_shared_from_this<connection> {
public:
    explicit connection(connection_parts parts);
    ~connection();

    /// Starts to read. Until then nothing happens.
    void start();

    /// Queues a command; it goes out as soon as the executor comes to it, together with others.
    std::shared_ptr<operation> submit(std::shared_ptr<command> what, std::uint64_t selection = 0);
    /// The same, with an operation of the caller's own.
    void submit(std::shared_ptr<command> what, const std::shared_ptr<operation>& op, std::uint64_t selection);
    void cancel(command_id id);
    std::shared_ptr<operation> start_idle(event_handler handler, std::uint64_t selection = 0);
    void stop_idle();
    void abort_idle();

    /// Waits until the streamed literal of the command may be written, or can no longer be: how many octets
    /// are to come, or nothing.
    asio::awaitable<std::optional<std::uint64_t>> payload_room(std::shared_ptr<operation> op);
    void feed(const operation& op, std::string_view octets);

    /// Waits for the greeting, and for STARTTLS to be through.
    asio::awaitable<void> ready();

    /// The next event; throws coimap::error once the connection has ended and everything was taken.
    static asio::awaitable<event> next_event(std::shared_ptr<connection> self);
    std::optional<event> poll_event();
    void set_handler(event_handler handler);

    /// The fetch stream has room again.
    void resume_reading();

    /// Ends everything with this reason. Safe to call at any time.
    void close(std::error_code reason);

    coimap::session& session() noexcept { return session_; }
    std::string description() const { return stream_ ? stream_->description() : "closed"; }
    coimap::trace* trace() const noexcept { return trace_.get(); }
    asio::any_io_executor executor() const noexcept { return executor_; }
    time_point now() const noexcept { return clock_->now(); }

    /// Remembers who waits, so that nobody waits for ever when the reader is gone.
    void watch(operation& op);
    void unwatch(operation& op) noexcept;

private:
    static asio::awaitable<void> write(std::shared_ptr<connection> self);
    asio::awaitable<void> start_tls();
    bool take_turn(wake_list& woken);
    bool read_available();
    void schedule_flush();
    void flush();
    void after_session();
    void set_alarm();
    void deliver();
    void deliver_to_handler();
    void abandon() noexcept;
    class reader;

    asio::any_io_executor executor_;
    std::unique_ptr<coimap::stream> stream_;
    std::shared_ptr<coimap::trace> trace_;
    std::shared_ptr<const tls_context> tls_;
    std::string host_;
    const coimap::clock* clock_;
    coimap::session session_;

    std::unique_ptr<alarm> alarm_;
    std::optional<time_point> alarm_at_;

    std::shared_ptr<reader> paused_;                   ///< while a stream is full
    waiter ready_;                                     ///< connect()
    waiter event_ready_;                               ///< next_event()
    std::vector<std::shared_ptr<operation>> payloads_; ///< those that wait to bring a streamed literal
    std::vector<operation*> waiting_;

    event_handler handler_;      ///< for as long as the connection lives
    event_handler idle_handler_; ///< for as long as idle() lasts
    std::shared_ptr<operation> idle_operation_;

    bool started_ = false;
    bool flush_scheduled_ = false;
    bool writing_ = false;
    bool in_turn_ = false;     ///< the reader is at work: what is due waits for the end of its turn
    bool deliver_due_ = false; ///< ... and events are to be handed over then
    bool delivering_ = false;
    bool closed_ = false;
    bool reader_ended_ = false;
};

} // namespace coimap
