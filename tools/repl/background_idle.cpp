#include "repl/background_idle.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/co_spawn.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/use_awaitable.hpp>

namespace coimap::tools {

background_idle::background_idle(const asio::any_io_executor& executor, client& connection, reporter& out)
    : executor_(executor), connection_(connection), out_(out), stopped_(executor) {}

void background_idle::start() {
    const session_state state = connection_.state();
    const bool allowed = state == session_state::authenticated || state == session_state::selected;
    if (running_ || refused_ || !allowed || !connection_.is_open())
        return;
    running_ = true;
    stopping_ = false;
    stopped_.expires_at(asio::steady_timer::time_point::max());
    asio::co_spawn(executor_, connection_.idle(),
                   asio::bind_cancellation_slot(cancel_.slot(),
                                                [this](const std::exception_ptr& thrown) { ended(thrown); }));
}

void background_idle::ended(const std::exception_ptr& thrown) {
    running_ = false;
    stopped_.cancel();
    if (stopping_ || !thrown)
        return;
    const problem what = problem_of(thrown);
    if (!what.connection_usable)
        return; // that is told as an event
    refused_ = true;
    out_.note("no idling: " + what.text);
}

asio::awaitable<void> background_idle::stop() {
    if (!running_)
        co_return;
    stopping_ = true;
    cancel_.emit(asio::cancellation_type::terminal);
    while (running_)
        co_await stopped_.async_wait(asio::experimental::as_tuple(asio::use_awaitable));
}

} // namespace coimap::tools
