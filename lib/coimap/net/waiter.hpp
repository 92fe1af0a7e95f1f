#pragma once
// The one primitive that a coroutine waits on, and the only place in the library that touches cancellation
// slots.

#include <asio/any_io_executor.hpp>
#include <asio/associated_cancellation_slot.hpp>
#include <asio/associated_executor.hpp>
#include <asio/async_result.hpp>
#include <asio/awaitable.hpp>
#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

#include <functional>
#include <optional>
#include <utility>

namespace coimap {

/// Holds at most one waiting coroutine. It resumes by a post, never from within wake(): whoever wakes it may
/// be in the midst of something. Allocates nothing but for the post.
class waiter {
public:
    /// Waits for wake(). A cancellation calls `on_cancel`, which has to see to it that wake() follows; it is
    /// not called after wake(). The waiter must stay where it is until the wait is over, whatever becomes of
    /// the coroutine.
    template<class Function>
    asio::awaitable<void> wait(Function on_cancel) {
        on_cancel_ = std::move(on_cancel);
        co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(start{this},
                                                                              asio::use_awaitable);
    }

    bool waiting() const noexcept { return handler_.has_value(); }

    void wake() {
        if (!handler_)
            return;
        slot_.clear();
        handler_type handler = std::move(*handler_);
        handler_.reset();
        auto executor = asio::get_associated_executor(handler);
        asio::post(executor, std::move(handler));
    }

    /// Destroys the waiting coroutine: for the end of the world, when nothing runs any more.
    void drop() noexcept {
        if (!handler_)
            return;
        slot_.clear();
        // The coroutine may own this waiter's owner.
        const std::optional<handler_type> last = std::move(handler_);
        handler_.reset();
    }

private:
    using handler_type = asio::async_result<asio::use_awaitable_t<>, void()>::handler_type;

    struct start {
        waiter* self;
        void operator()(handler_type handler) const {
            self->slot_ = asio::get_associated_cancellation_slot(handler);
            self->handler_.emplace(std::move(handler));
            if (self->slot_.is_connected())
                self->slot_.assign([waiting = self](asio::cancellation_type) { waiting->on_cancel_(); });
        }
    };

    std::optional<handler_type> handler_;
    asio::cancellation_slot slot_;
    std::function<void()> on_cancel_;
};

} // namespace coimap
