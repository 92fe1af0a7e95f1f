// idle() beside other commands, without the capability, and with a handler.

#include "support/idling_peer.hpp"

#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/error.hpp>

#include <stdexcept>

using namespace coimap;
using namespace coimap::test;

BOOST_AUTO_TEST_SUITE(idle)

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
