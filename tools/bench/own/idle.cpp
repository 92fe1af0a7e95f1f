#include "bench/own/idle.hpp"

#include "coimap/coimap.hpp"

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <list>
#include <vector>

namespace coimap::tools::bench {
namespace {

std::int64_t now_us() {
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

/// What all the connections share.
struct gathering {
    std::uint64_t expected = 0;
    std::vector<std::int64_t> times;
    stopwatch watch;

    void on_event(const event& what) {
        if (!std::holds_alternative<events::exists>(what))
            return;
        times.push_back(now_us());
        if (times.size() < expected)
            return;
        print_events(times, watch.read());
        // Taking ten thousand connections down in good order is not what is measured.
        std::fflush(stdout);
        std::_Exit(0);
    }
};

asio::awaitable<client> open(const task& work, connect_options options) {
    client connection = co_await connect(work.host, work.port, options);
    co_await connection.login(work.user, work.password);
    co_await connection.select(work.mailbox);
    co_return connection;
}

asio::awaitable<void> wait_until_idling(const client& connection) {
    asio::steady_timer pause(co_await asio::this_coro::executor);
    while (!connection.is_idling()) {
        pause.expires_after(std::chrono::milliseconds(1));
        co_await pause.async_wait(asio::use_awaitable);
    }
}

} // namespace

asio::awaitable<void> idle_many(task work) {
    const connect_options options = options_for(work);
    {
        client warm_up = co_await open(work, options);
        co_await warm_up.logout();
    }
    gathering all;
    all.expected = work.count;
    all.times.reserve(work.count);
    std::list<client> connections;
    const auto executor = co_await asio::this_coro::executor;
    const auto before = process_memory_kib("VmRSS");
    for (std::uint64_t i = 0; i < work.count; ++i) {
        client connection = co_await open(work, options);
        connections.push_back(std::move(connection));
        asio::co_spawn(executor, connections.back().idle([&all](const event& what) { all.on_event(what); }),
                       asio::detached);
    }
    for (const client& each : connections)
        co_await wait_until_idling(each);
    std::printf(R"({"idling":%zu,"rss_before_kib":%llu,"rss_kib":%llu})"
                "\n",
                connections.size(), static_cast<unsigned long long>(before),
                static_cast<unsigned long long>(process_memory_kib("VmRSS")));
    std::fflush(stdout);
    all.watch = stopwatch();
    asio::steady_timer for_ever(executor, asio::steady_timer::time_point::max());
    co_await for_ever.async_wait(asio::use_awaitable);
}

} // namespace coimap::tools::bench
