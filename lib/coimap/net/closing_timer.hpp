#pragma once
// A deadline for a step of connecting.

#include <asio/any_io_executor.hpp>
#include <asio/steady_timer.hpp>

#include <chrono>
#include <memory>
#include <system_error>
#include <utility>

namespace coimap {

/// Closes something when its time is over, and remembers that it was so. The timer's handler outlives the
/// coroutine that waits, hence the shared flag.
class closing_timer {
public:
    template<class Closer>
    closing_timer(asio::any_io_executor executor, std::chrono::steady_clock::time_point when, Closer close)
        : timer_(std::move(executor), when) {
        timer_.async_wait([expired = expired_, close](const std::error_code& code) {
            if (code || *expired == state::over)
                return;
            *expired = state::expired;
            close();
        });
    }
    ~closing_timer() {
        if (*expired_ == state::running)
            *expired_ = state::over;
    }

    bool expired() const noexcept { return *expired_ == state::expired; }

private:
    enum class state { running, expired, over };

    std::shared_ptr<state> expired_ = std::make_shared<state>(state::running);
    asio::steady_timer timer_;
};

} // namespace coimap
