#pragma once
// The one primitive that a coroutine waits on, and the only place in the library that touches cancellation
// slots.

#include <asio/any_io_executor.hpp>
#include <asio/associated_cancellation_slot.hpp>
#include <asio/associated_executor.hpp>
#include <asio/async_result.hpp>
#include <asio/awaitable.hpp>
#include <asio/dispatch.hpp>
#include <asio/post.hpp>
#include <asio/use_awaitable.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace coimap {

class waiter;

/// Coroutines that were woken in one turn of the reader, to go on at its end: the reader is through with the
/// session by then, and a turn of the executor is saved for each of them.
class wake_list {
public:
    using handler_type = asio::async_result<asio::use_awaitable_t<>, void()>::handler_type;

    wake_list() = default;
    wake_list(const wake_list&) = delete;
    wake_list& operator=(const wake_list&) = delete;

    /// While it lives, whoever is woken on this thread comes to the list.
    class collecting {
    public:
        explicit collecting(wake_list& to) noexcept : before_(std::exchange(current(), &to)) {}
        ~collecting() { current() = before_; }
        collecting(const collecting&) = delete;
        collecting& operator=(const collecting&) = delete;

    private:
        wake_list* before_;
    };

    /// Lets them go on, in order. What one throws out of its coroutine leaves by the executor, as ever.
    void run(const asio::any_io_executor& executor) {
        for (handler_type& each : handlers_) {
            auto own = asio::get_associated_executor(each);
            try {
                asio::dispatch(own, std::move(each));
            } catch (...) {
                asio::post(executor,
                           [problem = std::current_exception()] { std::rethrow_exception(problem); });
            }
        }
        handlers_.clear();
    }

private:
    friend class waiter;

    static wake_list*& current() noexcept {
        thread_local wake_list* list = nullptr;
        return list;
    }

    std::vector<handler_type> handlers_;
};

/// Holds at most one waiting coroutine. It resumes by a post, or at the end of the reader's turn, never from
/// within wake(): whoever wakes it may be in the midst of something. Allocates nothing but for the post.
class waiter {
public:
    /// Waits for wake(). A cancellation calls `on_cancel`, which has to see to it that wake() follows; it is
    /// not called after wake(). The waiter must stay where it is until the wait is over, whatever becomes of
    /// the coroutine.
    template<class Function>
    asio::awaitable<void> wait(Function on_cancel) {
        // No coroutine of its own: who waits for hours would keep one more frame.
        return asio::async_initiate<const asio::use_awaitable_t<>&, void()>(start<Function>{this, on_cancel},
                                                                            asio::use_awaitable);
    }

    bool waiting() const noexcept { return handler_.has_value(); }

    void wake() {
        if (!handler_)
            return;
        slot_.clear();
        handler_type handler = std::move(*handler_);
        handler_.reset();
        if (wake_list* const list = wake_list::current()) {
            list->handlers_.push_back(std::move(handler));
            return;
        }
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
    using handler_type = wake_list::handler_type;

    template<class Function>
    struct start {
        static_assert(std::is_trivially_copyable_v<Function>);
        waiter* self;
        Function on_cancel;

        void operator()(handler_type handler) const {
            self->slot_ = asio::get_associated_cancellation_slot(handler);
            self->handler_.emplace(std::move(handler));
            if (!self->slot_.is_connected())
                return;
            self->slot_.assign([call = on_cancel](asio::cancellation_type) {
                // wake() clears the slot, and with it what is running there.
                const Function own = call;
                own();
            });
        }
    };

    std::optional<handler_type> handler_;
    asio::cancellation_slot slot_;
};

} // namespace coimap
