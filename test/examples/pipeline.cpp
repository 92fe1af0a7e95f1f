// Commands overlap: each is sent when it is called, and awaited when its answer is needed. Three answers, one
// round trip.

#include "coimap/coimap.hpp"

#include "examples/run.hpp"

namespace status = coimap::status;

asio::awaitable<void> ask_at_once(example_server server) {
    auto client = co_await coimap::connect(server.url, coimap::connect_options().ca_file(server.ca_file));
    co_await client.login("alice", "secret");

    auto inbox = client.status("INBOX", status::messages | status::unseen);
    auto drafts = client.status("Drafts", status::messages);
    auto mailboxes = client.list();

    const coimap::status_values in_inbox = co_await std::move(inbox);
    const coimap::status_values in_drafts = co_await std::move(drafts);
    const auto all = co_await std::move(mailboxes);
    std::cout << *in_inbox.messages << " messages, " << *in_inbox.unseen << " unread, " << *in_drafts.messages
              << " drafts in " << all.size() << " mailboxes\n";
    co_await client.logout();
}

int main() {
    return run_example(ask_at_once(example_server()));
}
