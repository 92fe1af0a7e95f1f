#include "showcase/demonstration.hpp"

#include "coimap/coimap.hpp"
#include "coimap/core/printable.hpp"
#include "coimap/core/rfc2047.hpp"
#include "coimap/session/trace.hpp"

#include <asio/experimental/awaitable_operators.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <chrono>
#include <cstdio>
#include <deque>
#include <iostream>
#include <stdexcept>

namespace coimap::showcase {
namespace {

using namespace std::chrono_literals;
using moment = std::chrono::steady_clock::time_point;

moment now() {
    return std::chrono::steady_clock::now();
}

void headline(const char* text) {
    std::cout << "\n" << text << "\n";
}

/// A line of what happened, behind the milliseconds that it took.
void tell(moment since, const std::string& text) {
    const double milliseconds = std::chrono::duration<double, std::milli>(now() - since).count();
    char column[32];
    std::snprintf(column, sizeof column, "%9.2f ms  ", milliseconds);
    std::cout << column << text << std::endl;
}

/// Remembers the last lines of the protocol, to show what was really said.
class recorder final : public trace {
public:
    void sent(std::string_view line) noexcept override { add("C: ", line); }
    void received(std::string_view line) noexcept override { add("S: ", line); }

    void show() {
        for (const std::string& line : lines_)
            std::cout << "              " << line << '\n';
        lines_.clear();
    }
    void forget() { lines_.clear(); }

private:
    void add(const char* side, std::string_view line) noexcept {
        constexpr std::size_t width = 90;
        lines_.push_back(side + std::string(line.substr(0, width)));
        if (lines_.size() > 12)
            lines_.pop_front();
    }

    std::deque<std::string> lines_;
};

asio::awaitable<client> log_in(std::string url, connect_options options) {
    client made = co_await connect(url, options);
    co_await made.authenticate(sasl::credentials("alice", "secret"));
    co_return made;
}

asio::awaitable<void> show_mailboxes(client& account) {
    headline("Every mailbox with its numbers, in one command (LIST-STATUS)");
    const moment start = now();
    const auto all =
        co_await account.list("*", list_options().return_status(status::messages | status::unseen));
    tell(start, std::to_string(all.size()) + " mailboxes");
    for (const mailbox_entry& each : all) {
        std::cout << "              " << printable(each.name.text());
        if (each.status && each.status->messages)
            std::cout << ": " << *each.status->messages << " messages, " << each.status->unseen.value_or(0)
                      << " unread";
        std::cout << '\n';
    }
}

asio::awaitable<void> show_messages(mailbox inbox) {
    headline("The last five messages, typed to the last field (FETCH)");
    moment start = now();
    const auto messages = co_await inbox.fetch(last(5), items::uid | items::flags | items::size |
                                                            items::envelope | items::body_structure);
    tell(start, std::to_string(messages.size()) + " messages");
    for (const message& each : messages) {
        const envelope& head = *each->envelope;
        const std::string name = head.from.empty() ? "?" : std::string(head.from.front().name.value_or("?"));
        std::cout << "              " << *each->uid << (each->flags->is_seen() ? "   " : " * ")
                  << printable(decode_words(name)) << ": "
                  << printable(decode_words(head.subject.value_or(""))) << " (" << *each->size
                  << " octets)\n";
    }

    headline("All of them, one by one as they come (a stream with back-pressure)");
    start = now();
    fetch_stream stream =
        inbox.stream(uid_set::all(), items::uid | items::flags | items::envelope | items::body_structure);
    std::size_t count = 0;
    for (;;) {
        const std::optional<message> each = co_await stream.next();
        if (!each)
            break;
        ++count;
    }
    tell(start, std::to_string(count) + " messages");
}

asio::awaitable<void> show_idle(client& account, mailbox inbox, std::string url, connect_options options,
                                recorder& protocol) {
    headline("idle(), and a message that another connection delivers");
    client stranger = co_await log_in(url, options);
    protocol.forget();
    moment delivered;
    const auto watch = [](mailbox watched) -> asio::awaitable<std::uint32_t> {
        for (;;) {
            const event next = co_await watched.next_event();
            if (const auto* exists = std::get_if<events::exists>(&next))
                co_return exists->count;
        }
    };
    const auto deliver = [](client& sender, moment& when) -> asio::awaitable<std::uint32_t> {
        std::string text =
            "From: A Stranger <stranger@example.org>\r\nSubject: While you idled\r\n\r\nHello.\r\n";
        co_await sender.append("INBOX", std::move(text));
        when = now();
        co_return 0;
    };
    // The watcher sees it while it idles; the race ends when it has.
    const auto idle = [](mailbox watched) -> asio::awaitable<std::uint32_t> {
        co_await watched.idle();
        co_return 0;
    };
    auto watching = race(idle(inbox), watch(inbox));
    auto sending = deliver(stranger, delivered);
    using namespace asio::experimental::awaitable_operators;
    const auto both = co_await (std::move(watching) && std::move(sending));
    tell(delivered, "from the delivery until the program knew of message " +
                        std::to_string(std::get<1>(std::get<0>(both))) +
                        " (Dovecot waits 500 ms before it pushes)");
    protocol.show();
    co_await stranger.logout();

    headline("A timeout that wins the race against idle(): DONE is sent, and awaited");
    moment start = now();
    asio::steady_timer timer(co_await asio::this_coro::executor, 300ms);
    const auto result = co_await (inbox.idle() || timer.async_wait(asio::use_awaitable));
    if (result.index() != 1)
        throw std::runtime_error("idle() ended before the timer");
    tell(start, "the timer of 300 ms won");
    protocol.show();

    headline("The connection serves the next command");
    start = now();
    co_await account.noop();
    tell(start, "NOOP");
    protocol.show();
}

asio::awaitable<void> show_overlap(client& account, recorder& protocol) {
    headline("Three commands, one after the other, and in one round trip");
    moment start = now();
    co_await account.status("Archive", status::messages);
    co_await account.status("Drafts", status::messages);
    co_await account.status("Sent", status::messages);
    tell(start, "one after the other");
    protocol.forget();
    start = now();
    auto archive = account.status("Archive", status::messages | status::unseen);
    auto drafts = account.status("Drafts", status::messages);
    auto sent = account.status("Sent", status::messages);
    co_await std::move(archive);
    co_await std::move(drafts);
    co_await std::move(sent);
    tell(start, "overlapping");
    protocol.show();

    headline("A thousand commands at once");
    start = now();
    std::vector<asio::awaitable<void>> many;
    for (int i = 0; i < 1000; ++i)
        many.push_back(account.noop());
    for (auto& each : many)
        co_await std::move(each);
    protocol.forget();
    tell(start, "1000 NOOPs, each answered to its own caller");
}

} // namespace

asio::awaitable<void> demonstrate(std::string url, std::string ca_file) {
    const auto protocol = std::make_shared<recorder>();
    connect_options quiet;
    quiet.ca_file(ca_file);
    connect_options recorded = quiet;
    recorded.trace(protocol);

    headline("Connecting, with the certificate and the host name verified");
    moment start = now();
    client account = co_await connect(url, recorded);
    tell(start, "connected: " + account.tls_description());
    start = now();
    co_await account.authenticate(sasl::credentials("alice", "secret"));
    tell(start, "authenticated by the strongest mechanism of the server");
    protocol->show();

    co_await show_mailboxes(account);
    start = now();
    headline("Opening INBOX");
    mailbox inbox = co_await account.select("INBOX");
    tell(start, std::to_string(inbox.exists()) + " messages");
    co_await show_messages(inbox);
    protocol->forget();
    co_await show_idle(account, inbox, url, quiet, *protocol);
    co_await show_overlap(account, *protocol);

    start = now();
    headline("Goodbye");
    co_await account.logout();
    tell(start, "LOGOUT");
}

} // namespace coimap::showcase
