#include "repl/command_runner.hpp"

#include "repl/verbs/verbs.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/co_spawn.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

namespace coimap::tools {

asio::awaitable<int> command_runner::run(std::string line) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    context_.out.begin(without_secrets(line));
    running_ = true;
    interrupted_ = false;
    std::exception_ptr thrown;
    try {
        // In a coroutine of its own: what cancels the command must not cancel this one.
        asio::awaitable<void> work = run_line(context_, std::move(line));
        auto token = asio::bind_cancellation_slot(cancel_.slot(), asio::use_awaitable);
        co_await asio::co_spawn(executor, std::move(work), token);
    } catch (...) {
        thrown = std::current_exception();
    }
    running_ = false;
    if (!thrown) {
        context_.out.succeed();
        co_return 0;
    }
    const problem what = problem_of(thrown);
    context_.out.fail(what);
    co_return what.status;
}

void command_runner::interrupt() {
    if (!running_)
        return;
    interrupted_ = true;
    cancel_.emit(asio::cancellation_type::terminal);
}

} // namespace coimap::tools
