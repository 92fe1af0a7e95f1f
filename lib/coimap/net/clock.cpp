#include "coimap/net/clock.hpp"

#include <asio/steady_timer.hpp>

namespace coimap {
namespace {

class steady_alarm final : public alarm {
public:
    explicit steady_alarm(asio::any_io_executor executor) : timer_(std::move(executor)) {}

    void set(std::chrono::steady_clock::time_point when, std::function<void()> call) override {
        timer_.expires_at(when);
        timer_.async_wait([call = std::move(call)](const std::error_code& code) {
            if (!code)
                call();
        });
    }

    void cancel() noexcept override { timer_.cancel(); }

private:
    asio::steady_timer timer_;
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
