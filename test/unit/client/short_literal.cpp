// A literal that is shorter than announced, with the tagged answer inside it: what Rambler sends for large
// parts.

#include "support/scripted_peer.hpp"

using namespace coimap;
using namespace coimap::test;

BOOST_AUTO_TEST_SUITE(short_literal)

BOOST_AUTO_TEST_CASE(the_message_is_delivered_once_the_server_has_stalled_and_the_connection_closed) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto fetch = peer.start(inbox.fetch(uid_set(1), items::uid | items::message()));
    const std::string tag = peer.expect("UID FETCH 1 (UID BODY.PEEK[])");
    peer.serve("* 1 FETCH (UID 1 BODY[] {5000}\r\nSubject: x\r\n\r\nhello\r\n)\r\n" + tag + " OK done\r\n");
    BOOST_TEST(!fetch->done);
    peer.advance(61s);
    BOOST_REQUIRE(fetch->done && fetch->value);
    BOOST_REQUIRE_EQUAL(fetch->value->size(), 1u);
    BOOST_TEST((*fetch->value)[0]->body().value() == "Subject: x\r\n\r\nhello\r\n");
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(a_stall_without_an_answer_in_it_is_a_timeout) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto fetch = peer.start(inbox.fetch(uid_set(1), items::uid | items::message()));
    peer.expect("UID FETCH 1 (UID BODY.PEEK[])");
    peer.serve("* 1 FETCH (UID 1 BODY[] {5000}\r\nSubject: x\r\n\r\nhello\r\n)\r\n");
    peer.advance(61s);
    BOOST_TEST(fetch->code() == make_error_code(errc::inactivity_timeout));
    peer.require_closed();
}

BOOST_AUTO_TEST_SUITE_END()
