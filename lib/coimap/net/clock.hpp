#pragma once
// Where a connection's time comes from: the steady clock, or one that a test moves by hand.

#include <asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace coimap {

/// Calls back once, at or after a moment. Belongs to one executor.
class alarm {
public:
    virtual ~alarm() = default; ///< no call comes any more
    virtual void set(std::chrono::steady_clock::time_point when, std::function<void()> call) = 0;
    virtual void cancel() noexcept = 0;
};

class clock {
public:
    virtual ~clock() = default;
    virtual std::chrono::steady_clock::time_point now() const noexcept = 0;
    virtual std::unique_ptr<alarm> make_alarm(asio::any_io_executor executor) const = 0;
};

/// The machine's steady clock. One for all.
const clock& steady_clock() noexcept;

} // namespace coimap
