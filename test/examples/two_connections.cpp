// An event on one connection makes another connection act: one idles and tells of new messages, the other
// fetches them. Neither knows of the other; the program holds both.

#include "coimap/coimap.hpp"
#include "coimap/core/printable.hpp"

#include "examples/run.hpp"

namespace items = coimap::items;
using namespace std::chrono_literals;

asio::awaitable<coimap::client> log_in(example_server server) {
    auto client = co_await coimap::connect(server.url, coimap::connect_options().ca_file(server.ca_file));
    co_await client.login("bob", "secret");
    co_return client;
}

/// Ends with the first new message.
asio::awaitable<void> fetch_what_comes(coimap::mailbox watched, coimap::client& worker,
                                       coimap::mailbox inbox) {
    for (;;) {
        const coimap::event event = co_await watched.next_event();
        const auto* exists = std::get_if<coimap::events::exists>(&event);
        if (exists == nullptr || exists->count == exists->previous)
            continue;
        const coimap::sequence_set fresh(exists->previous + 1, exists->count);
        co_await worker.noop(); // its own view of the mailbox has to know of the message, too
        auto messages = co_await inbox.fetch(fresh, items::uid | items::envelope | items::message());
        for (const auto& message : messages)
            std::cout << "new: " << coimap::printable(message->envelope->subject.value_or("")) << ", "
                      << message->body()->size() << " octets\n";
        co_return;
    }
}

asio::awaitable<void> watch_and_fetch(example_server server) {
    auto watcher = co_await log_in(server);
    auto worker = co_await log_in(server);
    auto watched = co_await watcher.select("INBOX");
    auto working = co_await worker.select("INBOX");

    // In place of a stranger who writes to bob.
    auto sender = co_await log_in(server);
    co_await sender.append("INBOX",
                           std::string("From: alice@example.org\r\nSubject: hello\r\n\r\nHello, Bob.\r\n"));

    auto seen = fetch_what_comes(watched, worker, working);
    co_await coimap::with_timeout(coimap::race(watched.idle(), std::move(seen)), 10s);
    co_await watcher.logout();
    co_await worker.logout();
}

int main() {
    return run_example(watch_and_fetch(example_server()));
}
