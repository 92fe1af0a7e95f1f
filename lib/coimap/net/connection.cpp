#include "coimap/net/connection.hpp"

#include "coimap/net/reader.hpp"

#include <asio/cancellation_state.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/dispatch.hpp>
#include <asio/error.hpp>
#include <asio/post.hpp>
#include <asio/this_coro.hpp>

#include <utility>

namespace coimap {
namespace {

/// One read of the socket at most, and the room that the session is asked for.
constexpr std::size_t read_size = 64 * 1024;

/// Octets of a streamed literal that may wait for the socket.
constexpr std::size_t payload_high_water = 256 * 1024;

} // namespace

connection::connection(connection_parts parts)
    : executor_(parts.stream->executor()), stream_(std::move(parts.stream)), trace_(std::move(parts.trace)),
      tls_(std::move(parts.tls)), host_(std::move(parts.host)), clock_(parts.clock),
      session_(std::move(parts.options), trace_.get()), alarm_(clock_->make_alarm(executor_)) {}

connection::~connection() = default;

void connection::start() {
    started_ = true;
    asio::dispatch(executor_, [first = std::make_shared<reader>(shared_from_this())] { first->go_on(); });
}

// ---------------------------------------------------------------------------------------------------------------
// reading

/// Takes what the stream has, lets those go on who have waited for it, and sends what they ask for. Whether
/// there may be more right away.
bool connection::take_turn(wake_list& woken) {
    bool more = false;
    in_turn_ = true;
    try {
        const wake_list::collecting here(woken);
        more = read_available();
        after_session();
    } catch (...) {
        in_turn_ = false;
        woken.run(executor_);
        throw;
    }
    woken.run(executor_);
    while (std::exchange(deliver_due_, false))
        deliver_to_handler();
    in_turn_ = false;
    if (std::exchange(flush_scheduled_, false))
        after_session();
    return more;
}

/// Takes what the stream has. Whether there may be more right away.
bool connection::read_available() {
    const std::span<char> room = session_.prepare(read_size);
    const io_result got = stream_->read_some(room);
    if (got.count != 0) {
        session_.commit(got.count, now());
        // A short read means that nothing is left for the moment.
        return got.count == room.size() || session_.congested();
    }
    if (got.error && !is_would_block(got.error))
        session_.on_stream_end(got.error, now());
    return false;
}

void connection::resume_reading() {
    if (!paused_)
        return;
    asio::post(executor_, [self = std::exchange(paused_, nullptr), this] {
        session_.resumed(now());
        self->go_on();
    });
}

asio::awaitable<void> connection::start_tls() {
    auto protected_stream = std::make_unique<tls_stream>(std::move(stream_), tls_, host_);
    tls_stream& tls = *protected_stream;
    stream_ = std::move(protected_stream);
    std::error_code code;
    diagnostics details;
    try {
        co_await tls.handshake();
    } catch (const error& problem) {
        code = problem.code();
        details = problem.details();
    }
    if (code) {
        session_.close(code, std::move(details));
        after_session();
        co_return;
    }
    if (trace_)
        trace_->note(stream_->description());
    session_.secured(now());
    after_session();
}

// ---------------------------------------------------------------------------------------------------------------
// writing

void connection::schedule_flush() {
    if (flush_scheduled_ || closed_)
        return;
    flush_scheduled_ = true;
    if (in_turn_)
        return;
    // Those who ask in the same breath share one write.
    asio::post(executor_, [self = shared_from_this()] {
        if (std::exchange(self->flush_scheduled_, false))
            self->after_session();
    });
}

void connection::flush() {
    if (writing_ || session_.awaits_tls())
        return;
    while (!session_.output().empty()) {
        const io_result put = stream_->write_some(session_.output());
        if (put.count != 0)
            session_.consumed(put.count, now());
        if (put.error && !is_would_block(put.error)) {
            // Whatever the server said before it closed is still to be read: the reader reports the end.
            return;
        }
        if (put.error || put.count == 0)
            break;
    }
    if (session_.output().empty()) {
        const std::error_code code = stream_->flush();
        if (!is_would_block(code))
            return;
    }
    writing_ = true;
    asio::co_spawn(executor_, write(shared_from_this()), asio::detached);
}

/// Only while the socket takes nothing.
asio::awaitable<void> connection::write(std::shared_ptr<connection> self) {
    try {
        co_await self->stream_->wait_writable();
    } catch (const std::system_error&) {
        // Closed: the reader knows.
    }
    self->writing_ = false;
    self->after_session();
}

// ---------------------------------------------------------------------------------------------------------------
// after every change of the session

void connection::after_session() {
    if (closed_)
        return;
    session_.pump(now());
    flush();
    for (const auto& each : std::exchange(payloads_, {}))
        each->payload.wake();
    if (session_.state() != session_state::greeting && !session_.awaits_tls())
        ready_.wake();
    deliver();
    if (session_.failed() || session_.finished()) {
        close(session_.failed() ? session_.failure() : make_error_code(errc::closed));
        return;
    }
    set_alarm();
}

void connection::set_alarm() {
    const auto due = session_.next_deadline();
    // A deadline that moves back or falls away costs nothing: the alarm rings early, once, and is set anew.
    if (!due || (alarm_at_ && *alarm_at_ <= *due))
        return;
    alarm_at_ = due;
    alarm_->set(*due, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self || self->closed_)
            return;
        self->alarm_at_.reset();
        self->session_.on_time(self->now());
        self->after_session();
    });
}

void connection::close(std::error_code reason) {
    if (closed_)
        return;
    session_.close(reason);
    closed_ = true;
    alarm_->cancel();
    stream_->close();
    resume_reading();
    ready_.wake();
    for (const auto& each : std::exchange(payloads_, {}))
        each->payload.wake();
    deliver();
}

void connection::abandon() noexcept {
    // Their frames may hold the last reference to this.
    const auto self = shared_from_this();
    closed_ = true;
    std::vector<std::shared_ptr<operation>> abandoned;
    for (operation* const each : std::exchange(waiting_, {})) {
        each->watched_at_ = operation::unwatched;
        if (auto op = each->weak_from_this().lock())
            abandoned.push_back(std::move(op));
    }
    for (const auto& each : abandoned)
        each->drop();
    ready_.drop();
    event_ready_.drop();
    for (const auto& each : std::exchange(payloads_, {}))
        each->drop();
    idle_operation_.reset();
    handler_ = nullptr;
    idle_handler_ = nullptr;
    // Completions hold operations, and operations this.
    session_.close(make_error_code(errc::closed));
    // Handles may outlive the context; what refers to it may not.
    alarm_.reset();
    stream_.reset();
}

void connection::watch(operation& op) {
    if (op.watched_at_ != operation::unwatched)
        return;
    op.watched_at_ = waiting_.size();
    waiting_.push_back(&op);
}

void connection::unwatch(operation& op) noexcept {
    const std::size_t place = std::exchange(op.watched_at_, operation::unwatched);
    if (place == operation::unwatched)
        return;
    waiting_[place] = waiting_.back();
    waiting_[place]->watched_at_ = place;
    waiting_.pop_back();
    op.watched_at_ = operation::unwatched;
}

asio::awaitable<void> connection::ready() {
    while (!session_.failed() && (session_.state() == session_state::greeting || session_.awaits_tls()))
        co_await ready_.wait([this] { close(make_error_code(errc::cancelled)); });
    if (session_.failed())
        throw error(session_.failure(), session_.failure_details());
}

// ---------------------------------------------------------------------------------------------------------------
// commands

std::shared_ptr<operation> connection::submit(std::shared_ptr<command> what, std::uint64_t selection) {
    auto op = std::make_shared<operation>(shared_from_this());
    submit(std::move(what), op, selection);
    return op;
}

void connection::submit(std::shared_ptr<command> what, const std::shared_ptr<operation>& op,
                        std::uint64_t selection) {
    op->id = session_.submit(std::move(what), op, now(), selection);
    resume_reading();
    schedule_flush();
}

void connection::cancel(command_id id) {
    if (closed_)
        return;
    session_.cancel(id, now());
    resume_reading();
    schedule_flush();
}

asio::awaitable<std::optional<std::uint64_t>> connection::payload_room(std::shared_ptr<operation> op) {
    for (;;) {
        const auto wanted = session_.payload_wanted(op->id);
        if (wanted && session_.output().size() < payload_high_water)
            co_return wanted;
        if (op->done() || closed_)
            co_return std::nullopt;
        payloads_.push_back(op);
        co_await op->payload.wait([this, id = op->id] { cancel(id); });
    }
}

void connection::feed(const operation& op, std::string_view octets) {
    session_.feed(op.id, octets, now());
    after_session();
}

// ---------------------------------------------------------------------------------------------------------------
// idle() and events

std::shared_ptr<operation> connection::start_idle(event_handler handler, std::uint64_t selection) {
    auto op = std::make_shared<operation>(shared_from_this());
    // It ends only after the events that came before its end.
    if (idle_operation_) {
        diagnostics details;
        details.operation = "IDLE";
        op->on_done(make_error_code(errc::already_idling), std::move(details));
        return op;
    }
    op->deferred = true;
    idle_operation_ = op;
    idle_handler_ = std::move(handler);
    session_.start_idle(op, now(), selection);
    schedule_flush();
    if (closed_)
        deliver();
    return op;
}

void connection::stop_idle() {
    if (closed_)
        return;
    session_.stop_idle(now());
    schedule_flush();
}

void connection::abort_idle() {
    if (closed_)
        return;
    session_.abort_idle();
    schedule_flush();
}

void connection::set_handler(event_handler handler) {
    handler_ = std::move(handler);
    schedule_flush();
}

std::optional<event> connection::poll_event() {
    if (session_.events().empty())
        return std::nullopt;
    return session_.events().pop();
}

asio::awaitable<event> connection::next_event(std::shared_ptr<connection> self) {
    connection* const raw = self.get();
    while (raw->session_.events().empty()) {
        if (raw->closed_)
            throw error(raw->session_.failure(), raw->session_.failure_details());
        if (raw->event_ready_.waiting())
            throw error(errc::bad_state); // one coroutine takes the events
        co_await raw->event_ready_.wait([raw] { raw->event_ready_.wake(); });
        // Also when the event came first: who was cancelled drops what is returned, and it would be lost.
        const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none)
            throw error(asio::error::operation_aborted);
    }
    event next = raw->session_.events().pop();
    co_return next;
}

void connection::deliver() {
    if (!session_.events().empty())
        event_ready_.wake();
    const bool idle_ended = idle_operation_ && idle_operation_->deferred && !session_.idling();
    const bool has_work = (handler_ || idle_handler_) && !session_.events().empty();
    if ((!has_work && !idle_ended) || delivering_)
        return;
    if (in_turn_) {
        deliver_due_ = true;
        return;
    }
    delivering_ = true;
    // Not from within the reader: a handler may do what it likes.
    asio::post(executor_, [self = shared_from_this()] {
        self->delivering_ = false;
        self->deliver_to_handler();
    });
}

void connection::deliver_to_handler() {
    while (!session_.events().empty() && (handler_ || idle_handler_)) {
        const event next = session_.events().pop();
        // Copied, since a handler may replace itself.
        const event_handler handler = idle_handler_ ? idle_handler_ : handler_;
        try {
            handler(next);
        } catch (...) {
            if (idle_handler_ && idle_operation_) {
                // idle() ends with what the handler threw, once the server has been told.
                idle_operation_->on_exception(std::current_exception());
                idle_handler_ = nullptr;
                if (!closed_ && session_.idling())
                    stop_idle();
            } else {
                handler_ = nullptr;
                if (trace_)
                    trace_->note("the event handler threw; it is removed");
            }
        }
    }
    if (idle_operation_ && !session_.idling()) {
        idle_handler_ = nullptr;
        const auto op = std::exchange(idle_operation_, nullptr);
        op->deferred = false;
        op->release();
    }
}

} // namespace coimap
