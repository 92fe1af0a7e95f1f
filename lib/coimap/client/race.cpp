#include "coimap/client/race.hpp"

#include "coimap/core/error.hpp"
#include "coimap/net/waiter.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <array>
#include <exception>
#include <memory>

namespace coimap::detail {
namespace {

/// Shared by the two runners and the coroutine that waits for both.
struct race_state {
    struct runner {
        asio::cancellation_signal cancel;
        std::exception_ptr problem;
        bool done = false;
        bool told = false; ///< to end; twice would mean something else to idle()
    };

    std::array<runner, 2> runners;
    std::optional<std::size_t> winner;
    waiter both_done;

    void finish(std::size_t index, std::exception_ptr problem) {
        runners[index].done = true;
        runners[index].problem = std::move(problem);
        if (!winner) {
            winner = index;
            if (!runners[1 - index].told)
                cancel(1 - index);
        }
        if (runners[0].done && runners[1].done)
            both_done.wake();
    }

    /// The runner was destroyed with its context: nobody will ever be woken.
    void lose(std::size_t index) {
        runners[index].done = true;
        both_done.drop();
    }

    void cancel(std::size_t index) {
        if (runners[index].done)
            return;
        runners[index].told = true;
        runners[index].cancel.emit(asio::cancellation_type::terminal);
    }

    void cancel_all() {
        cancel(0);
        cancel(1);
    }
};

/// Tells the race how a runner ended, also when that was with the end of everything.
class finisher {
public:
    finisher(std::shared_ptr<race_state> state, std::size_t index)
        : state_(std::move(state)), index_(index) {}
    finisher(finisher&&) noexcept = default;
    finisher& operator=(finisher&&) = delete;
    ~finisher() {
        if (state_)
            state_->lose(index_);
    }

    void operator()(std::exception_ptr problem) {
        const std::shared_ptr<race_state> state = std::move(state_);
        state->finish(index_, std::move(problem));
    }

private:
    std::shared_ptr<race_state> state_;
    std::size_t index_;
};

void run(const asio::any_io_executor& executor, const std::shared_ptr<race_state>& state, std::size_t index,
         asio::awaitable<void> what) {
    asio::co_spawn(executor, std::move(what),
                   asio::bind_cancellation_slot(state->runners[index].cancel.slot(), finisher(state, index)));
}

asio::awaitable<void> sleep(std::chrono::steady_clock::duration limit) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, limit);
    co_await timer.async_wait(asio::use_awaitable);
}

} // namespace

asio::awaitable<std::size_t> run_race(asio::awaitable<void> a, asio::awaitable<void> b) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const auto state = std::make_shared<race_state>();
    run(executor, state, 0, std::move(a));
    run(executor, state, 1, std::move(b));
    race_state* const raw = state.get();
    bool cancelled = false;
    if (!raw->runners[0].done || !raw->runners[1].done) {
        co_await raw->both_done.wait([raw, &cancelled] {
            cancelled = true;
            raw->cancel_all();
        });
    }
    // Cancelled from outside, the first one's end is the end of the whole.
    const std::size_t winner = cancelled ? 0 : *state->winner;
    // What was finished before the cancellation came is a result all the same.
    if (const std::exception_ptr problem = state->runners[winner].problem)
        std::rethrow_exception(problem);
    co_return winner;
}

asio::awaitable<void> run_with_timeout(asio::awaitable<void> what,
                                       std::chrono::steady_clock::duration limit) {
    const std::size_t winner = co_await run_race(std::move(what), sleep(limit));
    if (winner == 1)
        throw error(errc::timed_out);
}

} // namespace coimap::detail
