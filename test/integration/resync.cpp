// What happens to a mailbox while nobody looks is found out, on a real server.

#include "integration/run.hpp"

#include "coimap/client/resync.hpp"

using namespace coimap;
using namespace coimap::test;

namespace {

asio::awaitable<void> append(client& account, std::string_view subject) {
    std::string text = "From: a@example.org\r\nSubject: " + std::string(subject) + "\r\n\r\nHello.\r\n";
    co_await account.append("resync", std::move(text));
}

} // namespace

BOOST_AUTO_TEST_SUITE(resync_on_dovecot)

BOOST_AUTO_TEST_CASE(new_changed_and_vanished_messages) {
    run([](dovecot& server) -> asio::awaitable<void> {
        client account = co_await log_in(server, "carol");
        co_await account.create("resync");
        for (const char* subject : {"one", "two", "three", "four"})
            co_await append(account, subject);
        const mailbox_state nothing;
        const resync_result first = co_await resynchronise(account, "resync", nothing);
        BOOST_TEST(first.all_new);
        BOOST_TEST(first.fresh.size() == 4U);
        BOOST_TEST(first.now.uids.count() == 4U);
        BOOST_TEST(first.now.highest_modseq != 0U);
        const std::uint32_t base = first.now.uids.min();

        {
            client other = co_await log_in(server, "carol");
            mailbox box = co_await other.select("resync");
            co_await box.add_flags(uid_set(base), flags::flagged);
            co_await box.add_flags(uid_set(base + 1), flags::deleted);
            co_await box.expunge();
            co_await append(other, "five");
            co_await other.logout();
        }
        const resync_result then = co_await resynchronise(account, "resync", first.now);
        BOOST_TEST((then.way == resync_way::qresync));
        BOOST_TEST(then.vanished.to_string() == std::to_string(base + 1));
        BOOST_REQUIRE(then.changed.size() == 1U);
        BOOST_TEST(then.changed[0].uid == base);
        BOOST_REQUIRE(then.fresh.size() == 1U);
        BOOST_TEST(then.now.uids.count() == 4U);

        const resync_result quiet = co_await resynchronise(account, "resync", then.now);
        BOOST_TEST((quiet.way == resync_way::qresync));
        BOOST_TEST(quiet.vanished.empty());
        BOOST_TEST(quiet.changed.empty());
        BOOST_TEST(quiet.fresh.empty());
        BOOST_TEST((quiet.now == then.now));
        co_await account.logout();
    }(shared_dovecot()));
}

BOOST_AUTO_TEST_SUITE_END()
