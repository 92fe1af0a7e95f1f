// idle() (RFC 2177): every way in which it can go right or wrong, with the server played by the test.

#include "test/support/scripted_peer.hpp"

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/error.hpp>

#include <stdexcept>

using namespace coimap;
using namespace coimap::test;

namespace {

/// Idles on INBOX with three messages, after the server's `+`.
struct idling_peer : scripted_peer {
    explicit idling_peer(std::string_view greeting = preauth) {
        connect(greeting);
        select();
        idle = start(client().idle());
        tag = expect("IDLE");
        serve("+ idling\r\n");
        BOOST_REQUIRE(silent());
    }

    /// The next IDLE of the same idle().
    void expect_idle_again() {
        tag = expect("IDLE");
        serve("+ idling again\r\n");
    }

    void stop() {
        idle->cancel();
        settle();
        expect_line("DONE");
        serve(tag + " OK done\r\n");
        BOOST_REQUIRE(idle->code() == asio::error::operation_aborted);
    }

    std::shared_ptr<outcome<nothing>> idle;
    std::string tag;
};

constexpr std::string_view no_idle = "* PREAUTH [CAPABILITY IMAP4rev1 UIDPLUS] welcome\r\n";

std::size_t count_of(std::string_view text, std::string_view word) {
    std::size_t count = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size()))
        ++count;
    return count;
}

} // namespace

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

// --- stepping aside
// -------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(it_steps_aside_for_a_command_and_idles_again_after_a_moment_of_quiet) {
    idling_peer peer;
    const auto status = peer.start(peer.client().status("Drafts", status::messages));
    peer.expect_line("DONE");
    BOOST_TEST(peer.silent()); // the command waits for the answer to IDLE
    peer.serve(peer.tag + " OK done\r\n");
    const std::string tag = peer.expect("STATUS Drafts (MESSAGES)");
    BOOST_TEST(peer.silent());
    peer.serve("* STATUS Drafts (MESSAGES 7)\r\n" + tag + " OK done\r\n");
    BOOST_REQUIRE(status->done && status->value);
    BOOST_TEST(status->value->messages.value() == 7u);
    BOOST_TEST(peer.silent());
    peer.advance(49ms);
    BOOST_TEST(peer.silent());
    peer.advance(1ms);
    peer.expect_idle_again();
    BOOST_TEST(!peer.idle->done);
    peer.stop();
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(several_commands_at_once_cost_one_done) {
    idling_peer peer;
    const auto first = peer.start(peer.client().noop());
    const auto second = peer.start(peer.client().status("Drafts", status::messages));
    const auto third = peer.start(peer.client().noop());
    peer.expect_line("DONE");
    BOOST_TEST(peer.silent());
    peer.serve(peer.tag + " OK done\r\n");
    const std::string a = peer.expect("NOOP");
    const std::string b = peer.expect("STATUS Drafts (MESSAGES)");
    const std::string c = peer.expect("NOOP");
    peer.serve(c + " OK done\r\n" + a + " OK done\r\n");
    peer.advance(1s);
    BOOST_TEST(peer.silent()); // one is still under way
    peer.serve("* STATUS Drafts (MESSAGES 1)\r\n" + b + " OK done\r\n");
    BOOST_TEST(first->done);
    BOOST_TEST(second->done);
    BOOST_TEST(third->done);
    peer.advance(50ms);
    peer.expect_idle_again();
    peer.stop();
}

BOOST_AUTO_TEST_CASE(commands_in_a_row_are_not_interrupted_by_idling) {
    idling_peer peer;
    auto noop = peer.start(peer.client().noop());
    peer.expect_line("DONE");
    peer.serve(peer.tag + " OK done\r\n");
    for (int i = 0; i < 10; ++i) {
        const std::string tag = peer.expect("NOOP");
        peer.serve(tag + " OK done\r\n");
        BOOST_REQUIRE(noop->done);
        peer.advance(40ms);
        noop = peer.start(peer.client().noop());
    }
    const std::string tag = peer.expect("NOOP");
    peer.serve(tag + " OK done\r\n");
    BOOST_TEST(peer.silent());
    peer.advance(50ms);
    peer.expect_idle_again();
    peer.stop();
}

BOOST_AUTO_TEST_CASE(a_command_asked_for_before_the_continuation_goes_after_it) {
    scripted_peer peer;
    peer.connect();
    const auto idle = peer.start(peer.client().idle());
    const std::string tag = peer.expect("IDLE");
    const auto noop = peer.start(peer.client().noop());
    BOOST_TEST(peer.silent());
    peer.serve("+ idling\r\n");
    peer.expect_line("DONE");
    peer.serve(tag + " OK done\r\n");
    const std::string noop_tag = peer.expect("NOOP");
    peer.serve(noop_tag + " OK done\r\n");
    BOOST_TEST(noop->done);
    BOOST_TEST(!idle->done);
}

BOOST_AUTO_TEST_CASE(the_command_is_served_too_when_the_server_had_ended_idle_by_itself) {
    idling_peer peer;
    const auto noop = peer.start(peer.client().noop());
    peer.expect_line("DONE");
    peer.serve(peer.tag + " OK idle over\r\nDONE BAD unknown\r\n");
    const std::string tag = peer.expect("NOOP");
    peer.serve(tag + " OK done\r\n");
    BOOST_REQUIRE(noop->done);
    BOOST_TEST(!noop->problem);
    peer.advance(50ms);
    peer.expect_idle_again();
    peer.stop();
}

BOOST_AUTO_TEST_CASE(cancelled_while_stepping_aside_it_ends_and_the_command_is_served) {
    {
        // DONE is not answered yet.
        idling_peer peer;
        const auto noop = peer.start(peer.client().noop());
        peer.expect_line("DONE");
        peer.idle->cancel();
        peer.settle();
        BOOST_TEST(!peer.idle->done);
        BOOST_TEST(peer.silent()); // one DONE is enough
        peer.serve(peer.tag + " OK done\r\n");
        BOOST_TEST(peer.idle->code() == asio::error::operation_aborted);
        peer.serve(peer.expect("NOOP") + " OK done\r\n");
        BOOST_TEST(!noop->problem);
        peer.advance(1s);
        BOOST_TEST(peer.silent());
        peer.require_usable();
    }
    {
        // The command is under way.
        idling_peer peer;
        const auto noop = peer.start(peer.client().noop());
        peer.expect_line("DONE");
        peer.serve(peer.tag + " OK done\r\n");
        const std::string tag = peer.expect("NOOP");
        peer.idle->cancel();
        peer.settle();
        BOOST_TEST(peer.idle->code() == asio::error::operation_aborted);
        BOOST_TEST(!noop->done);
        peer.serve(tag + " OK done\r\n");
        BOOST_TEST(noop->done);
        peer.advance(1s);
        BOOST_TEST(peer.silent());
        peer.require_usable();
    }
}

BOOST_AUTO_TEST_CASE(a_command_cancelled_while_it_waits_for_done_is_not_sent_and_idling_goes_on) {
    idling_peer peer;
    const auto noop = peer.start(peer.client().noop());
    peer.expect_line("DONE");
    noop->cancel();
    peer.settle();
    BOOST_TEST(noop->code() == asio::error::operation_aborted);
    peer.serve(peer.tag + " OK done\r\n");
    peer.advance(50ms);
    peer.expect_idle_again();
    peer.stop();
}

BOOST_AUTO_TEST_CASE(an_unanswered_done_ends_the_command_that_waits_for_it_as_well) {
    idling_peer peer;
    const auto noop = peer.start(peer.client().noop());
    peer.expect_line("DONE");
    peer.advance(10s);
    BOOST_TEST(noop->code() == make_error_code(errc::grace_timeout));
    BOOST_TEST(peer.idle->code() == make_error_code(errc::grace_timeout));
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(logout_ends_it) {
    idling_peer peer;
    const auto logout = peer.start(peer.client().logout());
    peer.expect_line("DONE");
    peer.serve(peer.tag + " OK done\r\n");
    const std::string tag = peer.expect("LOGOUT");
    peer.serve("* BYE see you\r\n" + tag + " OK bye\r\n");
    BOOST_TEST(logout->code() == std::error_code());
    BOOST_TEST(peer.idle->code() == make_error_code(errc::closed));
    BOOST_TEST(peer.silent());
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(logout_while_idling_is_bounded_whatever_the_server_does) {
    {
        idling_peer peer; // DONE is not answered
        const auto logout = peer.start(peer.client().logout());
        peer.advance(10s);
        BOOST_TEST(logout->code() == std::error_code());
        BOOST_REQUIRE(peer.idle->done);
        peer.require_closed();
    }
    {
        idling_peer peer; // LOGOUT is not answered
        const auto logout = peer.start(peer.client().logout());
        peer.serve(peer.tag + " OK done\r\n");
        peer.advance(2s);
        BOOST_TEST(logout->code() == std::error_code());
        BOOST_TEST(peer.idle->code() == make_error_code(errc::closed));
        peer.require_closed();
    }
}

// --- without the capability
// -----------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(without_the_capability_it_polls) {
    scripted_peer peer;
    peer.connect(no_idle);
    peer.select();
    const auto idle = peer.start(peer.client().idle());
    std::string tag = peer.expect("NOOP");
    peer.serve("* 4 EXISTS\r\n" + tag + " OK done\r\n");
    BOOST_TEST(peer.events_of<events::exists>().size() == 1u);
    peer.advance(29s);
    BOOST_TEST(peer.silent());
    peer.advance(1s);
    tag = peer.expect("NOOP");
    peer.serve("* 4 EXPUNGE\r\n" + tag + " OK done\r\n");
    BOOST_TEST(peer.events_of<events::expunged>().size() == 1u);
    BOOST_TEST(!idle->done);

    idle->cancel();
    peer.settle();
    BOOST_TEST(idle->code() == asio::error::operation_aborted);
    peer.advance(10min);
    BOOST_TEST(peer.silent());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(cancelled_while_its_noop_is_under_way_polling_awaits_the_answer) {
    scripted_peer peer;
    peer.connect(no_idle);
    peer.select();
    const auto idle = peer.start(peer.client().idle());
    const std::string tag = peer.expect("NOOP");
    idle->cancel();
    peer.settle();
    BOOST_TEST(!idle->done);
    peer.serve("* 4 EXISTS\r\n" + tag + " OK done\r\n");
    BOOST_TEST(idle->code() == asio::error::operation_aborted);
    BOOST_TEST(peer.events_of<events::exists>().size() == 1u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_noop_of_polling_that_is_never_answered_is_found_out) {
    {
        scripted_peer peer;
        peer.connect(no_idle);
        const auto idle = peer.start(peer.client().idle());
        peer.expect("NOOP");
        peer.advance(61s);
        BOOST_TEST(idle->code() == make_error_code(errc::inactivity_timeout));
        peer.require_closed();
    }
    {
        scripted_peer peer;
        peer.connect(no_idle);
        const auto idle = peer.start(peer.client().idle());
        peer.expect("NOOP");
        idle->cancel();
        peer.settle();
        peer.advance(11s);
        BOOST_TEST(idle->code() == make_error_code(errc::grace_timeout));
        peer.require_closed();
    }
}

BOOST_AUTO_TEST_CASE(commands_run_beside_polling) {
    scripted_peer peer;
    peer.connect(no_idle);
    const auto idle = peer.start(peer.client().idle());
    const std::string poll = peer.expect("NOOP");
    const auto status = peer.start(peer.client().status("Drafts", status::messages));
    const std::string tag = peer.expect("STATUS Drafts (MESSAGES)");
    peer.serve(poll + " OK done\r\n");
    peer.advance(31s);
    BOOST_TEST(peer.silent()); // a server that has something to do tells its news anyway
    peer.serve("* STATUS Drafts (MESSAGES 2)\r\n" + tag + " OK done\r\n");
    BOOST_TEST(status->done);
    peer.serve(peer.expect("NOOP") + " OK done\r\n");
    BOOST_TEST(!idle->done);
    const auto logout = peer.start(peer.client().logout());
    peer.serve("* BYE\r\n" + peer.expect("LOGOUT") + " OK bye\r\n");
    BOOST_TEST(logout->done);
    BOOST_TEST(idle->code() == make_error_code(errc::closed));
}

// --- the handler
// ----------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(the_handler_gets_what_waited_first_and_then_everything_in_order) {
    scripted_peer peer;
    peer.connect();
    peer.select();
    peer.serve("* 4 EXISTS\r\n");
    std::vector<std::string> seen;
    const auto idle = peer.start(peer.client().idle([&seen](const event& what) {
        std::visit(
            overloaded{[&](const events::exists& e) { seen.push_back("exists " + std::to_string(e.count)); },
                       [&](const events::expunged& e) {
                           seen.push_back("expunged " + std::to_string(e.sequence_number));
                       },
                       [&](const events::notice& e) { seen.push_back(e.text); },
                       [&](const auto&) { seen.push_back("other"); }},
            what);
    }));
    const std::string tag = peer.expect("IDLE");
    peer.serve("+ idling\r\n");
    BOOST_REQUIRE_EQUAL(seen.size(), 1u);
    BOOST_TEST(seen[0] == "exists 4");
    peer.serve("* 1 EXPUNGE\r\n* 2 EXPUNGE\r\n* 3 EXISTS\r\n");
    idle->cancel();
    peer.settle();
    peer.expect_line("DONE");
    peer.serve("* 5 EXISTS\r\n* OK the last\r\n" + tag + " OK\r\n");
    BOOST_TEST(idle->code() == asio::error::operation_aborted);
    const std::vector<std::string> expected{"exists 4", "expunged 1", "expunged 2",
                                            "exists 3", "exists 5",   "the last"};
    BOOST_TEST(seen == expected, boost::test_tools::per_element());

    // Afterwards events wait again.
    peer.serve("* 6 EXISTS\r\n");
    BOOST_TEST(seen.size() == expected.size());
    BOOST_TEST(peer.events_of<events::exists>().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_slow_handler_harms_nobodys_protocol) {
    scripted_peer peer;
    peer.connect();
    peer.select();
    const auto idle = peer.start(peer.client().idle([&peer](const event&) { peer.time.pass(20min); }));
    std::string tag = peer.expect("IDLE");
    peer.serve("+ idling\r\n");
    peer.serve("* 4 EXISTS\r\n* 5 EXISTS\r\n* 1 EXPUNGE\r\n");
    // The renewal was due long ago: it is done now, and nothing has broken.
    peer.advance(0s);
    peer.expect_line("DONE");
    BOOST_TEST(peer.silent());
    BOOST_TEST(!idle->done);
    peer.serve(tag + " OK done\r\n");
    peer.expect("IDLE");
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_ends_it_gracefully_with_its_exception) {
    scripted_peer peer;
    peer.connect();
    peer.select();
    int calls = 0;
    const auto idle = peer.start(peer.client().idle([&calls](const event&) {
        ++calls;
        throw std::runtime_error("the handler's own");
    }));
    const std::string tag = peer.expect("IDLE");
    peer.serve("+ idling\r\n");
    peer.serve("* 4 EXISTS\r\n* 1 EXPUNGE\r\n");
    BOOST_TEST(count_of(peer.link->to_server, "DONE") == 1u);
    peer.expect_line("DONE");
    BOOST_TEST(!idle->done);
    peer.serve(tag + " OK done\r\n");
    BOOST_REQUIRE(idle->done);
    BOOST_CHECK_THROW(std::rethrow_exception(idle->problem), std::runtime_error);
    BOOST_TEST(calls == 1);
    // What it did not see is not lost.
    BOOST_TEST(peer.events_of<events::expunged>().size() == 1u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_and_one_cancellation_are_not_two_cancellations) {
    {
        scripted_peer peer; // it throws while DONE is under way
        peer.connect();
        peer.select();
        const auto idle = peer.start(
            peer.client().idle([](const event&) { throw std::runtime_error("the handler's own"); }));
        const std::string tag = peer.expect("IDLE");
        peer.serve("+ idling\r\n");
        idle->cancel();
        peer.settle();
        peer.expect_line("DONE");
        peer.serve("* 4 EXISTS\r\n");
        BOOST_TEST(peer.silent());
        peer.serve(tag + " OK done\r\n");
        BOOST_REQUIRE(idle->done);
        BOOST_CHECK_THROW(std::rethrow_exception(idle->problem), std::runtime_error);
        peer.require_usable();
    }
    {
        scripted_peer peer; // it is cancelled after it threw
        peer.connect();
        peer.select();
        const auto idle = peer.start(
            peer.client().idle([](const event&) { throw std::runtime_error("the handler's own"); }));
        const std::string tag = peer.expect("IDLE");
        peer.serve("+ idling\r\n* 4 EXISTS\r\n");
        peer.expect_line("DONE");
        idle->cancel();
        peer.settle();
        BOOST_TEST(!idle->done);
        BOOST_TEST(peer.silent());
        peer.serve(tag + " OK done\r\n");
        BOOST_REQUIRE(idle->done);
        BOOST_CHECK_THROW(std::rethrow_exception(idle->problem), std::runtime_error);
        peer.require_usable();
    }
}

BOOST_AUTO_TEST_CASE(a_handler_may_start_commands) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    std::vector<std::uint32_t> fetched;
    const auto fetch = [](mailbox from, std::vector<std::uint32_t>& into) -> asio::awaitable<void> {
        const auto messages = co_await from.fetch(sequence_set(4), items::uid);
        for (const auto& each : messages)
            into.push_back(each->uid.value());
    };
    const auto idle = peer.start(peer.client().idle([&](const event& what) {
        if (std::holds_alternative<events::exists>(what))
            asio::co_spawn(peer.io, fetch(inbox, fetched), asio::detached);
    }));
    std::string tag = peer.expect("IDLE");
    peer.serve("+ idling\r\n* 4 EXISTS\r\n");
    peer.expect_line("DONE");
    peer.serve(tag + " OK done\r\n");
    const std::string fetch_tag = peer.expect("FETCH 4 (UID)");
    peer.serve("* 4 FETCH (UID 44)\r\n" + fetch_tag + " OK done\r\n");
    BOOST_REQUIRE_EQUAL(fetched.size(), 1u);
    BOOST_TEST(fetched[0] == 44u);
    peer.advance(50ms);
    peer.expect("IDLE");
    BOOST_TEST(!idle->done);
}

BOOST_AUTO_TEST_CASE(a_handler_may_close_or_destroy_the_client) {
    scripted_peer peer;
    peer.connect();
    peer.select();
    int calls = 0;
    const auto idle = peer.start(peer.client().idle([&](const event& what) {
        ++calls;
        if (std::holds_alternative<events::exists>(what))
            peer.connected.reset();
    }));
    peer.serve("+ idling\r\n* 4 EXISTS\r\n");
    BOOST_TEST(idle->code() == make_error_code(errc::closed));
    BOOST_TEST(calls == 2); // and that it is closed
}

BOOST_AUTO_TEST_CASE(the_handler_sees_the_end_before_idle_ends) {
    scripted_peer peer;
    peer.connect();
    std::vector<bool> ended;
    std::shared_ptr<outcome<nothing>> idle;
    idle = peer.start(peer.client().idle([&](const event&) { ended.push_back(idle->done); }));
    peer.serve("+ idling\r\n* BYE over\r\n");
    BOOST_TEST(idle->code() == make_error_code(errc::server_bye));
    BOOST_REQUIRE_EQUAL(ended.size(), 2u); // bye, closed
    BOOST_TEST(!ended[0]);
    BOOST_TEST(!ended[1]);
}

BOOST_AUTO_TEST_SUITE_END()
