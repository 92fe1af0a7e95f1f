// Many at once, and much at once.

#include "integration/run.hpp"

#include "support/seed.hpp"

#include <asio/detached.hpp>
#include <asio/this_coro.hpp>

using namespace coimap;
using namespace coimap::test;

namespace {

constexpr std::size_t many_messages = 10'000;

/// Ten thousand messages, made once.
dovecot& full_dovecot() {
    static dovecot server;
    static const bool filled = [] {
        fill_mailbox(server.port(), "alice", "INBOX", many_messages);
        return true;
    }();
    BOOST_REQUIRE(filled);
    return server;
}

asio::awaitable<void> ask_for_one(mailbox box, std::uint32_t uid, std::size_t& right) {
    const auto found = co_await box.fetch(uid_set(uid), items::uid | items::size);
    if (found.size() == 1 && found[0]->uid == uid)
        ++right;
}

} // namespace

BOOST_AUTO_TEST_SUITE(volume)

BOOST_AUTO_TEST_CASE(a_thousand_coroutines_on_one_connection_each_get_their_own_answer) {
    run([](dovecot& server) -> asio::awaitable<void> {
        client account = co_await log_in(server, "alice");
        mailbox box = co_await account.select("INBOX");
        const asio::any_io_executor executor = co_await asio::this_coro::executor;
        std::size_t right = 0;
        std::size_t ended = 0;
        for (std::uint32_t uid = 1; uid <= 1000; ++uid)
            asio::co_spawn(executor, ask_for_one(box, uid, right), [&ended](std::exception_ptr) { ++ended; });
        while (ended < 1000)
            co_await account.noop();
        BOOST_TEST(right == 1000u);
        co_await account.logout();
    }(full_dovecot()));
}

BOOST_AUTO_TEST_CASE(a_fetch_of_everything_streams_and_may_be_dropped_half_way) {
    run([](dovecot& server) -> asio::awaitable<void> {
        client account = co_await log_in(server, "alice");
        mailbox box = co_await account.select("INBOX");
        const fetch_items wanted = items::uid | items::flags | items::envelope | items::body_structure;
        {
            fetch_stream whole = box.stream(uid_set::all(), wanted);
            std::size_t count = 0;
            std::uint32_t last_uid = 0;
            for (;;) {
                const std::optional<message> each = co_await whole.next();
                if (!each)
                    break;
                BOOST_REQUIRE((*each)->uid > last_uid);
                last_uid = *(*each)->uid;
                ++count;
            }
            BOOST_TEST(count == many_messages);
        }
        {
            fetch_stream half = box.stream(uid_set::all(), wanted);
            for (std::size_t i = 0; i < many_messages / 2; ++i) {
                const std::optional<message> each = co_await half.next();
                BOOST_REQUIRE(each.has_value());
            }
        }
        co_await account.noop();
        BOOST_TEST(account.is_open());
        co_await account.logout();
    }(full_dovecot()));
}

BOOST_AUTO_TEST_CASE(a_collecting_fetch_is_cancelled_half_way_and_the_connection_serves) {
    run([](dovecot& server) -> asio::awaitable<void> {
        client account = co_await log_in(server, "alice");
        mailbox box = co_await account.select("INBOX");
        const fetch_items wanted = items::uid | items::envelope | items::message();
        const auto code = co_await failure_of(with_timeout(box.fetch(uid_set::all(), wanted), 20ms));
        BOOST_TEST(code == make_error_code(errc::timed_out));
        co_await account.noop();
        const auto one = co_await box.fetch(uid_set(7), items::uid | items::envelope);
        BOOST_REQUIRE_EQUAL(one.size(), 1u);
        BOOST_TEST((one[0]->uid == 7u));
        co_await account.logout();
    }(full_dovecot()));
}

BOOST_AUTO_TEST_CASE(the_client_is_destroyed_in_the_midst_of_everything) {
    run([](dovecot& server) -> asio::awaitable<void> {
        const asio::any_io_executor executor = co_await asio::this_coro::executor;
        for (int round = 0; round < 10; ++round) {
            std::size_t ended = 0;
            const auto done = [&ended](std::exception_ptr) { ++ended; };
            const auto collect = [](mailbox in) -> asio::awaitable<void> {
                co_await in.fetch(uid_set::all(), items::uid | items::envelope);
            };
            const auto idle = [](mailbox in) -> asio::awaitable<void> { co_await in.idle(); };
            {
                client account = co_await log_in(server, "alice");
                mailbox box = co_await account.select("INBOX");
                asio::co_spawn(executor, collect(box), done);
                asio::co_spawn(executor, idle(box), done);
                fetch_stream stream = box.stream(uid_set::all(), items::uid | items::envelope);
                for (int i = 0; i < round * 20; ++i)
                    co_await stream.next();
            }
            client next = co_await log_in(server, "alice");
            while (ended < 2)
                co_await next.noop();
        }
    }(full_dovecot()));
}

BOOST_AUTO_TEST_SUITE_END()
