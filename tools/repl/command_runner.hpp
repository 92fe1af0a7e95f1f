#pragma once
// One command after the other, each of which can be interrupted.

#include "repl/context.hpp"

#include <asio/awaitable.hpp>
#include <asio/cancellation_signal.hpp>

#include <string>

namespace coimap::tools {

class command_runner {
public:
    explicit command_runner(repl_context& context) : context_(context) {}

    /// Runs the line, reports how it ended, and returns the status to exit with if it was the last: 0 for
    /// success.
    asio::awaitable<int> run(std::string line);

    /// Cancels the command that runs; the connection stays usable.
    void interrupt();

    bool is_running() const noexcept { return running_; }
    bool was_interrupted() const noexcept { return interrupted_; }

private:
    repl_context& context_;
    asio::cancellation_signal cancel_;
    bool running_ = false;
    bool interrupted_ = false;
};

/// Waits for nothing but the network: commands from -c or from the standard input, up to the first that
/// fails.
asio::awaitable<int> run_batch(repl_context& context, std::vector<std::string> commands);

/// The prompt on a terminal.
asio::awaitable<int> run_prompt(repl_context& context);

} // namespace coimap::tools
