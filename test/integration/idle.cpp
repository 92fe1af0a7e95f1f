// idle() against a real server: the race, over and over, with mail arriving from another connection.

#include "integration/run.hpp"

#include "coimap/session/trace.hpp"

#include <asio/detached.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <cstdlib>
#include <random>

using namespace coimap;
using namespace coimap::test;

namespace {

/// How often each line was sent.
class counting_trace final : public trace {
public:
    void sent(std::string_view line) noexcept override {
        idles += line.ends_with(" IDLE") ? 1 : 0;
        dones += line == "DONE" ? 1 : 0;
    }
    void received(std::string_view) noexcept override {}

    std::size_t idles = 0;
    std::size_t dones = 0;
};

std::size_t rounds() {
    const char* wanted = std::getenv("COIMAP_TEST_RACES");
    return wanted != nullptr ? std::strtoul(wanted, nullptr, 10) : 300;
}

struct race_report {
    std::size_t delivered = 0;
    std::size_t told = 0; ///< messages that EXISTS events added
    bool in_step = true;
    bool lost = false;
};

void take_events(client& account, race_report& report, std::uint32_t& known) {
    while (const auto next = account.poll_event()) {
        if (const auto* exists = std::get_if<events::exists>(&*next)) {
            report.in_step = report.in_step && exists->previous == known && exists->count >= known;
            report.told += exists->count - exists->previous;
            known = exists->count;
        }
        report.lost = report.lost || std::holds_alternative<events::events_lost>(*next);
    }
}

asio::awaitable<void> race_on_and_on(dovecot& server, std::size_t count) {
    using namespace asio::experimental::awaitable_operators;
    const auto log = std::make_shared<counting_trace>();
    client account = co_await log_in(server, "bob", trusting(server).trace(log));
    client sender = co_await log_in(server, "bob");
    co_await account.create("race");
    mailbox box = co_await account.select("race");
    std::uint32_t known = 0;
    race_report report;
    while (account.poll_event())
        ;

    std::mt19937 random(20);
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    for (std::size_t i = 0; i < count; ++i) {
        // One message in four rounds, at any moment of the race: queued here, it is on its way while the race
        // is on.
        std::optional<asio::awaitable<std::optional<append_result>>> delivery;
        if (random() % 4 == 0) {
            delivery.emplace(sender.append("race", std::string("Subject: x\r\n\r\n\r\n")));
            ++report.delivered;
        }
        asio::steady_timer timer(executor, std::chrono::microseconds(random() % 3000));
        const auto winner = co_await (box.idle() || timer.async_wait(asio::use_awaitable));
        BOOST_REQUIRE_EQUAL(winner.index(), 1u);
        co_await account.noop();
        if (delivery)
            co_await *std::move(delivery);
        take_events(account, report, known);
    }
    co_await account.noop();
    take_events(account, report, known);
    BOOST_TEST(log->dones == log->idles);
    BOOST_TEST(report.in_step);
    BOOST_TEST(!report.lost);
    BOOST_TEST(report.told == report.delivered);
    BOOST_TEST(known == report.delivered);
    BOOST_TEST_MESSAGE(count << " races, " << log->idles << " times IDLE, " << report.delivered
                             << " deliveries");
    co_await box.unselect();
    co_await account.remove("race");
}

} // namespace

BOOST_AUTO_TEST_SUITE(idle_on_dovecot)

BOOST_AUTO_TEST_CASE(the_race_sends_done_once_loses_no_event_and_leaves_the_connection_usable) {
    run(race_on_and_on(shared_dovecot(), rounds()), 3600s);
}

BOOST_AUTO_TEST_CASE(a_handler_hears_of_new_mail_flags_and_expunges_while_idling) {
    run([](dovecot& server) -> asio::awaitable<void> {
        client watcher = co_await log_in(server, "bob");
        client other = co_await log_in(server, "bob");
        co_await watcher.create("heard");
        co_await other.append("heard", std::string("Subject: a\r\n\r\na\r\n"));
        mailbox seen_by = co_await watcher.select("heard");
        mailbox box = co_await other.select("heard");
        co_await seen_by.fetch(uid_set::all(), items::uid);

        std::vector<std::string> heard;
        const event_handler listen = [&heard](const event& what) {
            if (std::get_if<events::exists>(&what))
                heard.push_back("exists");
            if (const auto* change = std::get_if<events::flags_changed>(&what))
                heard.push_back("flags of " + std::to_string(change->uid.value_or(0)));
            if (const auto* gone = std::get_if<events::expunged>(&what)) {
                heard.push_back("gone: " + std::to_string(gone->uid.value_or(0)));
                throw std::runtime_error("that is all");
            }
        };
        // Each step once the one before was heard: Dovecot gathers what comes within half a second.
        const auto act = [](client& sender, mailbox in,
                            const std::vector<std::string>& heard_so_far) -> asio::awaitable<void> {
            co_await sender.append("heard", std::string("Subject: b\r\n\r\nb\r\n"));
            while (heard_so_far.empty())
                co_await sender.noop();
            co_await in.add_flags(uid_set(1), flags::deleted);
            while (heard_so_far.size() < 2)
                co_await sender.noop();
            co_await in.expunge();
        };
        std::string ended;
        asio::co_spawn(co_await asio::this_coro::executor, act(other, box, heard), asio::detached);
        try {
            co_await seen_by.idle(listen);
        } catch (const std::runtime_error& problem) {
            ended = problem.what();
        }
        BOOST_TEST(ended == "that is all");
        const std::vector<std::string> expected{"exists", "flags of 1", "gone: 1"};
        BOOST_TEST(heard == expected, boost::test_tools::per_element());
        co_await watcher.noop();
        co_await watcher.logout();
    }(shared_dovecot()));
}

BOOST_AUTO_TEST_SUITE_END()
