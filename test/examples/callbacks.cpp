// For programs that do not co_await: any awaitable completes through a callback, or through a future.

#include "coimap/coimap.hpp"

#include "examples/run.hpp"

#include <asio/use_future.hpp>

#include <future>
#include <thread>

asio::awaitable<std::uint32_t> count_messages(example_server server) {
    auto client = co_await coimap::connect(server.url, coimap::connect_options().ca_file(server.ca_file));
    co_await client.login("alice", "secret");
    const coimap::status_values values = co_await client.status("INBOX", coimap::status::messages);
    co_await client.logout();
    co_return values.messages.value_or(0);
}

int main() {
    const example_server server;
    asio::io_context context;

    // A callback gets what was thrown, or nothing, and the value.
    bool called = false;
    asio::co_spawn(context, count_messages(server),
                   [&called](std::exception_ptr problem, std::uint32_t count) {
                       if (!problem)
                           std::cout << "callback: " << count << " messages\n";
                       called = !problem;
                   });

    // A future blocks its thread, so the context runs in another.
    std::future<std::uint32_t> later = asio::co_spawn(context, count_messages(server), asio::use_future);
    std::thread runner([&context] { context.run(); });
    int status = 0;
    try {
        std::cout << "future: " << later.get() << " messages\n";
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        status = 1;
    }
    runner.join();
    return called ? status : 1;
}
