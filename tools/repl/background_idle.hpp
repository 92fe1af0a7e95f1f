#pragma once
// IDLE while nobody asks for anything.

#include "repl/reporter.hpp"

#include "coimap/client/client.hpp"

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/steady_timer.hpp>

namespace coimap::tools {

class background_idle {
public:
    background_idle(const asio::any_io_executor& executor, client& connection, reporter& out);

    /// Idles from now on, unless it does or the session is not that far. Commands may be awaited meanwhile.
    void start();

    /// Ends with DONE and its answer.
    asio::awaitable<void> stop();

private:
    void ended(const std::exception_ptr& thrown);

    asio::any_io_executor executor_;
    client& connection_;
    reporter& out_;
    asio::cancellation_signal cancel_;
    asio::steady_timer stopped_;
    bool running_ = false;
    bool stopping_ = false;
    bool refused_ = false; ///< by the server: it is not tried again
};

} // namespace coimap::tools
