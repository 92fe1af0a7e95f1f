#pragma once
// A clock that stands still until a test moves it: no test waits for real.

#include "coimap/net/clock.hpp"

#include <asio/post.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace coimap::test {

class manual_clock final : public coimap::clock {
public:
    using time_point = std::chrono::steady_clock::time_point;

    time_point now() const noexcept override { return now_; }

    std::unique_ptr<coimap::alarm> make_alarm(asio::any_io_executor) const override {
        return std::make_unique<manual_alarm>(*this);
    }

    /// Moves on, ringing every alarm on the way at its own moment. `settle` lets the program react in
    /// between.
    template<class Settle>
    void advance(std::chrono::steady_clock::duration by, Settle settle) {
        const time_point until = now_ + by;
        for (;;) {
            manual_alarm* next = nullptr;
            for (manual_alarm* each : alarms_)
                if (each->set_ && each->when_ <= until && (next == nullptr || each->when_ < next->when_))
                    next = each;
            if (next == nullptr)
                break;
            now_ = std::max(now_, next->when_);
            next->set_ = false;
            const auto call = std::exchange(next->call_, nullptr);
            call();
            settle();
        }
        now_ = until;
        settle();
    }

    /// Moves on while the program is busy: what was due meanwhile rings at the next advance().
    void pass(std::chrono::steady_clock::duration by) { now_ += by; }

    /// Alarms that are set.
    std::size_t pending() const {
        return static_cast<std::size_t>(std::count_if(alarms_.begin(), alarms_.end(),
                                                      [](const manual_alarm* each) { return each->set_; }));
    }

private:
    class manual_alarm final : public coimap::alarm {
    public:
        explicit manual_alarm(const manual_clock& owner) : owner_(owner) { owner_.alarms_.push_back(this); }
        ~manual_alarm() override { std::erase(owner_.alarms_, this); }

        void set(time_point when, std::function<void()> call) override {
            when_ = when;
            call_ = std::move(call);
            set_ = true;
        }
        void cancel() noexcept override {
            set_ = false;
            call_ = nullptr;
        }

    private:
        friend class manual_clock;
        const manual_clock& owner_;
        time_point when_;
        std::function<void()> call_;
        bool set_ = false;
    };

    mutable std::vector<manual_alarm*> alarms_;
    time_point now_ = time_point() + std::chrono::hours(1);
};

} // namespace coimap::test
