// Idles for two seconds at most, and is told what happens meanwhile. Losing the race sends DONE; the
// connection is ready for more.

#include "coimap/coimap.hpp"

#include "examples/run.hpp"

#include <asio/experimental/awaitable_operators.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

using namespace std::chrono_literals;

void show(const coimap::event& event) {
    if (const auto* exists = std::get_if<coimap::events::exists>(&event))
        std::cout << exists->count << " messages now\n";
    if (const auto* gone = std::get_if<coimap::events::expunged>(&event))
        std::cout << "message " << gone->sequence_number << " is gone\n";
}

asio::awaitable<void> idle_a_while(example_server server) {
    auto client = co_await coimap::connect(server.url, coimap::connect_options().ca_file(server.ca_file));
    co_await client.login("alice", "secret");
    auto inbox = co_await client.select("INBOX");

    // The library's own race: an error of its own tells the timeout, and errors of idle() are passed on at
    // once.
    try {
        co_await coimap::with_timeout(inbox.idle(show), 1s);
    } catch (const coimap::error& error) {
        if (error.kind() != coimap::error_kind::timeout)
            throw;
        std::cout << "nothing more within a second\n";
    }

    // Asio's race does as well.
    using namespace asio::experimental::awaitable_operators;
    asio::steady_timer timer(co_await asio::this_coro::executor, 1s);
    const auto winner = co_await (inbox.idle(show) || timer.async_wait(asio::use_awaitable));
    std::cout << (winner.index() == 1 ? "the timer won\n" : "idle() ended\n");

    co_await client.noop();
    std::cout << "and the connection is usable\n";
    co_await client.logout();
}

int main() {
    return run_example(idle_a_while(example_server()));
}
