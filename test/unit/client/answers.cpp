// How long an answer is waited for, and what counts as one.

#include "coimap/session/commands/login.hpp"
#include "support/scripted_peer.hpp"

namespace coimap::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(client_answers, scripted_peer)

BOOST_AUTO_TEST_CASE(asking_again_and_again_does_not_hide_that_the_server_is_silent) {
    connect();
    const auto first = start(client().noop());
    advance(40s);
    const auto second = start(client().noop());
    advance(30s);
    BOOST_REQUIRE(first->done && second->done);
    BOOST_TEST(first->code() == make_error_code(errc::inactivity_timeout));
}

BOOST_AUTO_TEST_CASE(strays_are_counted_between_answers_not_for_life) {
    connect();
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 60; ++i)
            serve("+ needless\r\n");
        require_usable();
    }
}

BOOST_AUTO_TEST_CASE(a_tag_is_the_one_that_was_sent_or_none) {
    connect();
    const auto noop = start(client().noop());
    const std::string tag = expect("NOOP");
    std::string lower = tag;
    lower.front() = static_cast<char>(lower.front() + ('a' - 'A'));
    const auto digits = tag.find_first_of("0123456789", tag.size() - 1);
    serve(lower + " OK forged\r\n");
    serve(tag.substr(0, digits) + "0" + tag.substr(digits) + " OK forged\r\n");
    BOOST_TEST(!noop->done);
    BOOST_TEST(events_of<events::protocol_defect>().size() == 2u);
    serve(tag + " OK done\r\n");
    BOOST_TEST(noop->done);
}

BOOST_AUTO_TEST_CASE(idle_on_a_mailbox_ends_when_another_is_selected) {
    connect();
    mailbox inbox = select();
    const auto idling = start(inbox.idle());
    const std::string idle = expect("IDLE");
    serve("+ idling\r\n");
    const auto other = start(client().select("Other"));
    expect_line("DONE");
    serve(idle + " OK done\r\n");
    serve(expect("SELECT Other") + " OK [READ-WRITE] done\r\n");
    BOOST_TEST(other->done);
    advance(1s);
    BOOST_REQUIRE(idling->done);
    BOOST_TEST(idling->code() == make_error_code(errc::stale_mailbox));
    BOOST_TEST(silent());
    require_usable();
}

BOOST_AUTO_TEST_CASE(idle_on_a_mailbox_asks_what_the_server_can_when_it_has_not_told) {
    connect(rev1);
    // The bare command: unlike login() it does not ask afterwards what the server can do now.
    const auto login = start(client().execute(commands::login_command("alice", secret("s3cret"))));
    const std::string line = take_line();
    serve(line.substr(0, line.find(' ')) + " OK welcome\r\n");
    BOOST_REQUIRE(login->done && !login->problem);
    mailbox inbox = select();
    const auto idling = start(inbox.idle());
    serve("* CAPABILITY IMAP4rev1 IDLE\r\n" + expect("CAPABILITY") + " OK done\r\n");
    expect("IDLE");
    BOOST_TEST(!idling->done);
}

BOOST_AUTO_TEST_CASE(a_client_that_is_assigned_to_closes_what_it_was) {
    connect();
    scripted_peer other;
    other.connect();
    const auto noop = start(client().noop());
    client() = std::move(other.client());
    settle();
    BOOST_REQUIRE(noop->done);
    BOOST_TEST(noop->code() == make_error_code(errc::closed));
    BOOST_TEST(link->closed_by_client);
    BOOST_TEST(client().is_open());
    BOOST_TEST(!other.client().is_open());
    connected.reset();
    other.settle();
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace coimap::test
