#include "bench/own/engine.hpp"

#include "bench/own/idle.hpp"
#include "bench/own/memory.hpp"

#include "coimap/coimap.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include <vector>

namespace coimap::tools::bench {
namespace {

/// What a workload did.
struct amount {
    std::uint64_t items = 0;
    std::uint64_t bytes = 0;
};

constexpr auto metadata_items = [] {
    return items::uid | items::flags | items::internal_date | items::size | items::envelope |
           items::body_structure;
};

asio::awaitable<amount> metadata(mailbox inbox, bool collected) {
    amount done;
    if (collected) {
        const auto messages = co_await inbox.fetch(uid_set::all(), metadata_items());
        done.items = messages.size();
        co_return done;
    }
    fetch_stream messages = inbox.stream(uid_set::all(), metadata_items());
    while (const auto one = co_await messages.next())
        done.items += (*one)->uid.has_value() ? 1 : 0;
    co_return done;
}

asio::awaitable<amount> bodies(mailbox inbox) {
    amount done;
    fetch_stream messages = inbox.stream(uid_set::all(), items::uid | fetch_items(body_item("")));
    while (const auto one = co_await messages.next()) {
        ++done.items;
        for (const body_section& section : (*one)->sections)
            done.bytes += section.content ? section.content->size() : 0;
    }
    co_return done;
}

asio::awaitable<amount> literal(mailbox inbox) {
    amount done;
    const body_sink count = [&done](std::string_view octets) -> asio::awaitable<void> {
        done.bytes += octets.size();
        co_return;
    };
    co_await inbox.download(1, body_item(""), count);
    done.items = 1;
    co_return done;
}

asio::awaitable<amount> roundtrip(client& connection, std::uint64_t count) {
    amount done;
    for (; done.items < count; ++done.items)
        co_await connection.noop();
    co_return done;
}

asio::awaitable<amount> pipelined(client& connection, std::uint64_t count) {
    std::vector<asio::awaitable<void>> asked;
    asked.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i)
        asked.push_back(connection.noop());
    for (auto& each : asked)
        co_await std::move(each);
    amount done;
    done.items = count;
    co_return done;
}

asio::awaitable<amount> store(mailbox inbox, std::uint64_t count) {
    std::vector<asio::awaitable<store_result>> asked;
    asked.reserve(count);
    const store_options quietly = store_options().silent();
    for (std::uint64_t i = 1; i <= count; ++i)
        asked.push_back(inbox.add_flags(uid_set(static_cast<std::uint32_t>(i)), flags::seen, quietly));
    for (auto& each : asked)
        co_await std::move(each);
    amount done;
    done.items = count;
    co_return done;
}

asio::awaitable<void> connect_again_and_again(task work) {
    connect_options options = options_for(work);
    tls_options tls = options.tls();
    options.tls(tls.resume_sessions(work.mode == "resumed"));
    const stopwatch watch;
    for (std::uint64_t i = 0; i < work.count; ++i) {
        client connection = co_await connect(work.host, work.port, options);
        co_await connection.logout();
    }
    print_result(work.count, 0, watch.read());
}

asio::awaitable<void> with_mailbox(task work) {
    const connect_options options = options_for(work);
    client connection = co_await connect(work.host, work.port, options);
    co_await connection.login(work.user, work.password);
    mailbox inbox = co_await connection.select(work.mailbox);
    const stopwatch watch;
    amount done;
    if (work.workload == "metadata")
        done = co_await metadata(inbox, work.mode == "collected");
    else if (work.workload == "bodies")
        done = co_await bodies(inbox);
    else if (work.workload == "literal")
        done = co_await literal(inbox);
    else if (work.workload == "roundtrip")
        done = co_await roundtrip(connection, work.count);
    else if (work.workload == "pipelined")
        done = co_await pipelined(connection, work.count);
    else
        done = co_await store(inbox, work.count);
    const auto taken = watch.read();
    print_result(done.items, done.bytes, taken);
    co_await connection.logout();
}

} // namespace

connect_options options_for(const task& work) {
    connect_options options;
    options.tls(work.tls ? tls_mode::implicit : tls_mode::none);
    options.allow_cleartext_authentication();
    options.tls(tls_options().ca_file(work.ca).server_name(work.server_name()));
    return options;
}

bool run_engine(const task& work) {
    if (run_in_memory(work))
        return true;
    asio::io_context io(1);
    asio::awaitable<void> job;
    for (const std::string_view name : {"metadata", "bodies", "literal", "roundtrip", "pipelined", "store"})
        if (work.workload == name)
            job = with_mailbox(work);
    if (work.workload == "connect")
        job = connect_again_and_again(work);
    else if (work.workload == "idle")
        job = idle_many(work);
    if (!job.valid())
        return false;
    asio::co_spawn(io, std::move(job), [](const std::exception_ptr& problem) {
        if (problem)
            std::rethrow_exception(problem);
    });
    io.run();
    return true;
}

} // namespace coimap::tools::bench
