#pragma once
// A command, or idle(), on the caller's side: waits for its end, once, and passes a cancellation on to the
// session.

#include "coimap/net/waiter.hpp"
#include "coimap/session/completion.hpp"
#include "coimap/session/in_flight.hpp"

#include <asio/awaitable.hpp>

#include <exception>
#include <memory>

namespace coimap {

class connection;

class operation : public completion, public std::enable_shared_from_this<operation> {
public:
    explicit operation(std::shared_ptr<connection> owner) : connection_(std::move(owner)) {}
    ~operation() override;

    /// Returns when the operation has ended well; throws coimap::error when not. A cancellation is the
    /// session's business: it ends the operation at once or after what the protocol demands, and then this
    /// throws operation_aborted.
    asio::awaitable<void> wait();

    /// The two halves of wait(), for a coroutine that waits for hours and spares itself another one's frame.
    asio::awaitable<void> end(); ///< only while it is not done()
    void throw_if_failed() const;

    void on_done(std::error_code code, diagnostics details) noexcept override;

    /// Ends it with what a callback of the application threw.
    void on_exception(std::exception_ptr problem) noexcept { exception_ = std::move(problem); }

    bool done() const noexcept { return done_; }
    void cancel();
    virtual void drop() noexcept {
        waiter_.drop();
        payload.drop();
    }

    /// The command that this waits for; 0 for idle().
    command_id id = 0;

    /// session::selection() when it was done.
    std::uint64_t selection = 0;

    /// Held back by the connection until the events before it are delivered.
    bool deferred = false;
    void release() noexcept;

    /// The coroutine that brings the octets of its streamed literal.
    waiter payload;

protected:
    const std::shared_ptr<connection>& owner() const noexcept { return connection_; }

private:
    friend class connection;
    static constexpr std::size_t unwatched = static_cast<std::size_t>(-1);

    std::size_t watched_at_ = unwatched; ///< its place among those that wait
    std::shared_ptr<connection> connection_;
    waiter waiter_;
    std::error_code code_;
    std::unique_ptr<diagnostics> details_; ///< of a failure
    std::exception_ptr exception_;
    bool done_ = false;
    bool cancelled_ = false;
};

} // namespace coimap
