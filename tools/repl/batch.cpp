// Commands without a person.

#include "common/exit_status.hpp"
#include "repl/command_runner.hpp"

#include <asio/experimental/as_tuple.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/signal_set.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <array>
#include <cerrno>
#include <csignal>
#include <unistd.h>

namespace coimap::tools {
namespace {

constexpr auto no_throw = asio::experimental::as_tuple(asio::use_awaitable);

// Lines of the standard input; the connection is served while it is waited for them.
class line_reader {
public:
    explicit line_reader(const asio::any_io_executor& executor) : input_(executor) {
        std::error_code ignored; // a plain file is always ready
        input_.assign(::dup(STDIN_FILENO), ignored);
    }

    asio::awaitable<std::optional<std::string>> next() {
        for (;;) {
            const std::size_t end = buffer_.find('\n');
            if (end != std::string::npos || (ended_ && !buffer_.empty())) {
                std::string line = buffer_.substr(0, end);
                buffer_.erase(0, end == std::string::npos ? end : end + 1);
                if (!line.empty() && line.back() == '\r')
                    line.pop_back();
                co_return line;
            }
            if (ended_)
                co_return std::nullopt;
            if (input_.is_open())
                co_await input_.async_wait(asio::posix::descriptor_base::wait_read, no_throw);
            if (ended_)
                continue; // closed meanwhile: a read might wait for ever
            std::array<char, 4096> room{};
            const ssize_t count = ::read(STDIN_FILENO, room.data(), room.size());
            if (count > 0)
                buffer_.append(room.data(), static_cast<std::size_t>(count));
            else
                ended_ = count == 0 || errno != EINTR;
        }
    }

    void close() {
        std::error_code ignored;
        input_.close(ignored);
        ended_ = true;
        buffer_.clear();
    }

private:
    asio::posix::stream_descriptor input_;
    std::string buffer_;
    bool ended_ = false;
};

// An empty line, or one that a # starts.
bool is_remark(const std::string& line) {
    const std::size_t start = line.find_first_not_of(" \t");
    return start == std::string::npos || line[start] == '#';
}

} // namespace

asio::awaitable<int> run_batch(repl_context& context, std::vector<std::string> commands) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    command_runner runner(context);
    line_reader input(executor);
    bool interrupted = false;
    asio::signal_set signals(executor, SIGINT, SIGTERM);
    signals.async_wait([&](const std::error_code& error, int) {
        if (error)
            return;
        interrupted = true;
        runner.interrupt();
        input.close();
    });

    const bool from_input = commands.empty();
    for (std::size_t i = 0; !context.finished; ++i) {
        std::optional<std::string> line;
        if (from_input)
            line = co_await input.next();
        else if (i < commands.size())
            line = commands[i];
        if (!line || interrupted)
            break;
        if (is_remark(*line))
            continue;
        const int status = co_await runner.run(std::move(*line));
        if (status != 0 && !interrupted)
            co_return status;
    }
    co_return interrupted ? number(exit_status::interrupted) : 0;
}

} // namespace coimap::tools
