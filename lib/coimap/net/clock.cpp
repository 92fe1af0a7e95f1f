#include "coimap/net/clock.hpp"

#include <asio/steady_timer.hpp>

namespace coimap {
namespace {

class steady_alarm final : public alarm {
public:
    explicit steady_alarm(asio::any_io_executor executor) : timer_(std::move(executor)) {}

    void set(std::chrono::steady_clock::time_point when, std::function<void()> call) override {
        current_ = std::make_shared<char>();
        timer_.expires_at(when);
        // A timer that has expired is called even if it is cancelled or destroyed before its turn comes.
        timer_.async_wait(
            [call = std::move(call), valid = std::weak_ptr<char>(current_)](const std::error_code& code) {
                if (!code && !valid.expired())
                    call();
            });
    }

    void cancel() noexcept override {
        current_.reset();
        timer_.cancel();
    }

private:
    asio::steady_timer timer_;
    std::shared_ptr<char> current_; ///< lives as long as the last set() is in force
};

class steady final : public clock {
public:
    std::chrono::steady_clock::time_point now() const noexcept override {
        return std::chrono::steady_clock::now();
    }
    std::unique_ptr<alarm> make_alarm(asio::any_io_executor executor) const override {
        return std::make_unique<steady_alarm>(std::move(executor));
    }
};

} // namespace

const clock& steady_clock() noexcept {
    static const steady instance;
    return instance;
}

} // namespace coimap
