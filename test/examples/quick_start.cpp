// The first page of the README; the test holds the two together.

#include "coimap/coimap.hpp"
#include "coimap/core/printable.hpp"

#include "examples/run.hpp"

void show(const coimap::message& message) {
    std::cout << coimap::printable(message->envelope->subject.value_or("")) << '\n';
}
void show(const coimap::status_values& values) {
    std::cout << *values.messages << " messages\n";
}
void on_event(const coimap::event& event) {
    if (const auto* exists = std::get_if<coimap::events::exists>(&event))
        std::cout << exists->count << " messages now\n";
}

// README: begin
using namespace std::chrono_literals;
namespace items = coimap::items;
namespace status = coimap::status;

asio::awaitable<void> run(std::string url, coimap::connect_options options) {
    auto client = co_await coimap::connect(url, options);
    co_await client.authenticate(coimap::sasl::credentials("alice", "secret"));

    auto inbox = co_await client.select("INBOX");
    auto messages = co_await inbox.fetch(coimap::last(10), items::uid | items::flags | items::envelope);
    for (const auto& message : messages)
        show(message);

    // Idle for a while. Losing the race sends DONE, and the connection is ready for more.
    try {
        co_await coimap::with_timeout(inbox.idle(on_event), 1s);
    } catch (const coimap::error& error) {
        if (error.kind() != coimap::error_kind::timeout)
            throw;
    }

    // Commands overlap on the wire: one round trip.
    auto drafts = client.status("Drafts", status::messages | status::unseen);
    auto sent = client.status("Sent", status::messages);
    show(co_await std::move(drafts));
    show(co_await std::move(sent));
    co_await client.logout();
}
// README: end

int main() {
    const example_server server;
    return run_example(run(server.url, coimap::connect_options().ca_file(server.ca_file)));
}
