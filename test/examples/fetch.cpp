// Connects, logs in, and shows the last ten messages of the INBOX.

#include "coimap/coimap.hpp"
#include "coimap/core/printable.hpp"
#include "coimap/core/rfc2047.hpp"

#include "examples/run.hpp"

namespace items = coimap::items;

asio::awaitable<void> show_inbox(example_server server) {
    auto client = co_await coimap::connect(server.url, coimap::connect_options().ca_file(server.ca_file));
    co_await client.login("alice", "secret");

    auto inbox = co_await client.select("INBOX");
    std::cout << inbox.exists() << " messages\n";
    auto messages = co_await inbox.fetch(coimap::last(10), items::uid | items::flags | items::envelope);
    for (const auto& message : messages) {
        const std::string subject = coimap::decode_words(message->envelope->subject.value_or(""));
        std::cout << *message->uid << (message->flags->is_seen() ? "   " : " * ")
                  << coimap::printable(subject) << '\n';
    }
    co_await client.logout();
}

int main() {
    return run_example(show_inbox(example_server()));
}
