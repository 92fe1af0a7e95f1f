// idle() (RFC 2177): every way in which it can go right or wrong, with the server played by the test.

#include "support/idling_peer.hpp"

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/error.hpp>

#include <stdexcept>

using namespace coimap;
using namespace coimap::test;

BOOST_AUTO_TEST_SUITE(idle)
// --- getting there
// --------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(done_is_not_sent_before_the_continuation_and_right_after_it) {
    scripted_peer peer;
    peer.connect();
    const auto idle = peer.start(peer.client().idle());
    const std::string tag = peer.expect("IDLE");
    idle->cancel();
    peer.settle();
    BOOST_TEST(peer.silent());
    BOOST_TEST(!idle->done);
    peer.serve("+ idling\r\n");
    peer.expect_line("DONE");
    BOOST_TEST(!idle->done);
    peer.serve(tag + " OK done\r\n");
    BOOST_TEST(idle->code() == asio::error::operation_aborted);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(cancelled_before_anything_was_written_it_sends_nothing) {
    scripted_peer peer;
    peer.connect();
    const auto select = peer.start(peer.client().select("INBOX"));
    const std::string tag = peer.expect("SELECT INBOX");
    const auto idle = peer.start(peer.client().idle());
    BOOST_TEST(peer.silent());
    idle->cancel();
    peer.settle();
    BOOST_TEST(idle->code() == asio::error::operation_aborted);
    peer.serve(tag + " OK done\r\n");
    peer.advance(1s);
    BOOST_TEST(peer.silent());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_refusal_in_place_of_the_continuation_is_its_error_and_the_connection_usable) {
    struct row {
        const char* answer;
        errc expected;
        const char* text;
    };
    const row rows[] = {{" NO [UNAVAILABLE] not today\r\n", errc::no, "not today"},
                        {" BAD what is that\r\n", errc::bad, "what is that"}};
    for (const row& each : rows) {
        scripted_peer peer;
        peer.connect();
        const auto idle = peer.start(peer.client().idle());
        peer.serve(peer.expect("IDLE") + each.answer);
        BOOST_TEST(idle->code() == make_error_code(each.expected));
        BOOST_TEST(idle->details().text == each.text);
        BOOST_TEST(idle->details().operation == "IDLE");
        BOOST_TEST(idle->details().connection_usable);
        BOOST_TEST(peer.silent());
        peer.require_usable();
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_after_the_cancellation_is_no_longer_interesting) {
    scripted_peer peer;
    peer.connect();
    const auto idle = peer.start(peer.client().idle());
    const std::string tag = peer.expect("IDLE");
    idle->cancel();
    peer.serve(tag + " NO not today\r\n");
    BOOST_TEST(idle->code() == asio::error::operation_aborted);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_continuation_that_never_comes_is_an_inactivity_timeout) {
    scripted_peer peer;
    peer.connect();
    const auto idle = peer.start(peer.client().idle());
    peer.expect("IDLE");
    peer.advance(59s);
    BOOST_TEST(!idle->done);
    peer.advance(2s);
    BOOST_TEST(idle->code() == make_error_code(errc::inactivity_timeout));
    BOOST_TEST(peer.silent());
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(a_continuation_that_never_comes_after_a_cancellation_ends_within_the_grace) {
    scripted_peer peer;
    peer.connect();
    const auto idle = peer.start(peer.client().idle());
    peer.expect("IDLE");
    idle->cancel();
    peer.advance(9s);
    BOOST_TEST(!idle->done);
    peer.advance(2s);
    BOOST_TEST(idle->code() == make_error_code(errc::grace_timeout));
    BOOST_TEST(peer.silent());
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(not_logged_in_it_is_refused_and_nothing_is_sent) {
    scripted_peer peer;
    peer.connect(scripted_peer::rev1);
    const auto idle = peer.start(peer.client().idle());
    BOOST_TEST(idle->code() == make_error_code(errc::bad_state));
    BOOST_TEST(peer.silent());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(there_is_one_idle_a_connection) {
    idling_peer peer;
    const auto second = peer.start(peer.client().idle());
    BOOST_TEST(second->code() == make_error_code(errc::already_idling));
    BOOST_TEST(!peer.idle->done);
    BOOST_TEST(peer.silent());
    peer.stop();
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(dropped_without_being_awaited_it_never_began) {
    scripted_peer peer;
    peer.connect();
    { auto dropped = peer.client().idle(); }
    peer.settle();
    BOOST_TEST(peer.silent());
    const auto idle = peer.start(peer.client().idle());
    peer.expect("IDLE");
}

BOOST_AUTO_TEST_CASE(a_handle_whose_mailbox_is_gone_does_not_idle) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    peer.select();
    const auto idle = peer.start(inbox.idle());
    BOOST_TEST(idle->code() == make_error_code(errc::stale_mailbox));
    BOOST_TEST(peer.silent());
}

// --- being there
// ----------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(it_is_there_only_between_the_plus_and_done) {
    scripted_peer peer;
    peer.connect();
    peer.select();
    const auto idle = peer.start(peer.client().idle());
    const std::string tag = peer.expect("IDLE");
    BOOST_TEST(!peer.client().is_idling());
    peer.serve("+ idling\r\n");
    BOOST_TEST(peer.client().is_idling());
    idle->cancel();
    peer.settle();
    BOOST_TEST(!peer.client().is_idling());
    peer.serve(tag + " OK done\r\n");
    BOOST_TEST(!peer.client().is_idling());
}

BOOST_AUTO_TEST_CASE(three_continuations_make_one_done) {
    idling_peer peer;
    peer.serve("+ idling\r\n+ idling\r\n");
    BOOST_TEST(peer.silent());
    BOOST_TEST(!peer.idle->done);
    peer.stop();
    BOOST_TEST(peer.silent());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(it_renews_itself_and_nothing_is_lost_meanwhile) {
    idling_peer peer;
    peer.advance(8min + 59s);
    BOOST_TEST(peer.silent());
    peer.advance(2s);
    peer.expect_line("DONE");
    BOOST_TEST(peer.silent());
    peer.serve("* 4 EXISTS\r\n* 1 EXPUNGE\r\n" + peer.tag + " OK done\r\n* 4 EXISTS\r\n");
    peer.expect_idle_again();
    BOOST_TEST(!peer.idle->done);
    const auto events = peer.events();
    BOOST_REQUIRE_EQUAL(events.size(), 3u);
    BOOST_TEST(std::holds_alternative<events::exists>(events[0]));
    BOOST_TEST(std::holds_alternative<events::expunged>(events[1]));
    BOOST_TEST(std::get<events::exists>(events[2]).count == 4u);
    peer.stop();
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(it_renews_itself_for_days) {
    idling_peer peer;
    for (int i = 0; i < 500; ++i) {
        peer.advance(9min);
        peer.expect_line("DONE");
        peer.serve(peer.tag + " OK done\r\n");
        peer.expect_idle_again();
    }
    BOOST_TEST(!peer.idle->done);
    peer.stop();
}

BOOST_AUTO_TEST_CASE(an_unanswered_renewal_is_found_out_within_the_grace) {
    idling_peer peer;
    peer.advance(9min);
    peer.expect_line("DONE");
    peer.advance(9s);
    BOOST_TEST(!peer.idle->done);
    peer.advance(1s);
    BOOST_TEST(peer.idle->code() == make_error_code(errc::grace_timeout));
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(still_here_is_only_a_notice) {
    idling_peer peer;
    for (int i = 0; i < 20; ++i) {
        peer.advance(20s);
        peer.serve("* OK Still here\r\n");
    }
    BOOST_TEST(peer.silent());
    BOOST_TEST(!peer.idle->done);
    BOOST_TEST(peer.events_of<events::notice>().size() == 20u);
    peer.stop();
}

BOOST_AUTO_TEST_CASE(silence_while_idling_is_no_inactivity) {
    idling_peer peer;
    peer.advance(5min);
    BOOST_TEST(!peer.idle->done);
    BOOST_TEST(peer.silent());
    peer.stop();
}

BOOST_AUTO_TEST_CASE(events_come_one_by_one_to_whoever_takes_them) {
    idling_peer peer;
    const auto next = peer.start(peer.client().next_event());
    BOOST_TEST(!next->done);
    peer.serve("* 2 FETCH (FLAGS (\\Seen))\r\n");
    BOOST_REQUIRE(next->done && next->value);
    BOOST_TEST(std::get<events::flags_changed>(*next->value).sequence_number == 2u);
    peer.stop();
}

// --- the end
// --------------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(done_that_is_never_answered_is_a_grace_timeout) {
    idling_peer peer;
    peer.idle->cancel();
    peer.settle();
    peer.expect_line("DONE");
    // Other octets are no answer.
    for (int i = 0; i < 9; ++i) {
        peer.advance(1s);
        peer.serve("* OK Still here\r\n");
    }
    BOOST_TEST(!peer.idle->done);
    peer.advance(1s);
    BOOST_TEST(peer.idle->code() == make_error_code(errc::grace_timeout));
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(done_answered_with_bad_is_answered) {
    for (const auto answer : {" BAD you were not idling\r\n", " NO whatever\r\n"}) {
        idling_peer peer;
        peer.idle->cancel();
        peer.settle();
        peer.expect_line("DONE");
        peer.serve(peer.tag + answer);
        BOOST_TEST(peer.idle->code() == asio::error::operation_aborted);
        peer.require_usable();
    }
}

BOOST_AUTO_TEST_CASE(bye_in_the_midst_ends_it_at_once_with_the_servers_words) {
    idling_peer peer;
    peer.serve("* 4 EXISTS\r\n* BYE [UNAVAILABLE] idle for too long\r\n");
    BOOST_TEST(peer.idle->code() == make_error_code(errc::server_bye));
    BOOST_TEST(peer.idle->details().text == "idle for too long");
    BOOST_TEST(!peer.idle->details().connection_usable);
    const auto events = peer.events();
    BOOST_REQUIRE_EQUAL(events.size(), 3u);
    BOOST_TEST(std::holds_alternative<events::exists>(events[0]));
    BOOST_TEST(std::get<events::bye>(events[1]).code == "UNAVAILABLE");
    BOOST_TEST(std::holds_alternative<events::closed>(events[2]));
    BOOST_TEST(peer.silent());
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(the_connection_lost_while_idling_is_its_error) {
    idling_peer peer;
    peer.link->hang_up();
    peer.settle();
    BOOST_TEST(peer.idle->code() == make_error_code(errc::connection_lost));
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(the_client_destroyed_while_idling_ends_it_with_closed_and_says_nothing_more) {
    idling_peer peer;
    peer.connected.reset();
    peer.settle();
    BOOST_TEST(peer.idle->code() == make_error_code(errc::closed));
    BOOST_TEST(peer.silent());
    BOOST_TEST(peer.link->closed_by_client);
}

BOOST_AUTO_TEST_CASE(the_server_may_end_it_by_itself_and_no_stray_done_follows) {
    idling_peer peer;
    peer.advance(5min);
    peer.serve("* 4 EXISTS\r\n" + peer.tag + " OK idle over\r\n");
    BOOST_TEST(!peer.idle->done);
    peer.expect_idle_again();
    BOOST_TEST(peer.silent());
    peer.stop();
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_server_that_ends_every_idle_at_once_is_polled_instead) {
    idling_peer peer;
    for (int i = 0; i < 2; ++i) {
        peer.serve(peer.tag + " OK idle over\r\n");
        peer.expect_idle_again();
    }
    peer.serve(peer.tag + " OK idle over\r\n");
    std::string noop = peer.expect("NOOP");
    peer.serve(noop + " OK done\r\n");
    BOOST_TEST(peer.silent());
    peer.advance(30s);
    noop = peer.expect("NOOP");
    peer.serve("* 4 EXISTS\r\n" + noop + " OK done\r\n");
    BOOST_TEST(peer.events_of<events::exists>().size() == 1u);
    peer.idle->cancel();
    peer.settle();
    BOOST_TEST(peer.idle->code() == asio::error::operation_aborted);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(done_that_crossed_the_servers_own_end_does_not_hit_the_next_command) {
    for (const char* answer_to_done : {"* BAD unknown command DONE\r\n", "DONE BAD unknown command\r\n"}) {
        idling_peer peer;
        peer.link->send(peer.tag + " OK idle over\r\n"); // on its way
        peer.idle->cancel();
        peer.client().poll_event();
        peer.settle();
        const bool crossed = !peer.silent();
        if (crossed)
            peer.expect_line("DONE");
        BOOST_TEST(peer.idle->code() == asio::error::operation_aborted);
        const auto noop = peer.start(peer.client().noop());
        const std::string tag = peer.expect("NOOP");
        peer.serve(answer_to_done);
        BOOST_TEST(!noop->done);
        peer.serve(tag + " OK done\r\n");
        BOOST_REQUIRE(noop->done);
        BOOST_TEST(!noop->problem);
        peer.require_usable();
    }
}

BOOST_AUTO_TEST_SUITE_END()
