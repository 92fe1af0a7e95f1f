// idle() of a mailbox: the client's, for as long as that mailbox is selected.

#include "coimap/session/commands/login.hpp"
#include "support/scripted_peer.hpp"

namespace coimap::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(client_idle_on_mailbox, scripted_peer)

BOOST_AUTO_TEST_CASE(ends_when_another_is_selected) {
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

BOOST_AUTO_TEST_CASE(asks_what_the_server_can_when_it_has_not_told) {
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

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace coimap::test
