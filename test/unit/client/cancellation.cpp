// The table of what happens when an operation is cancelled, a case a cell: what is sent, how the awaiting
// side ends, and whether the connection serves afterwards.

#include "support/scripted_peer.hpp"

#include <asio/error.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>

#include "coimap/sasl/credentials.hpp"

using namespace coimap;
using namespace coimap::test;

namespace {

connect_options in_clear() {
    return connect_options().allow_cleartext_authentication();
}

} // namespace

BOOST_AUTO_TEST_SUITE(cancellation)

BOOST_AUTO_TEST_CASE(a_queued_command_is_removed_and_nothing_of_it_is_sent) {
    scripted_peer peer;
    peer.connect();
    const auto select = peer.start(peer.client().select("INBOX")); // exclusive: what follows waits
    const auto noop = peer.start(peer.client().noop());
    const std::string tag = peer.expect("SELECT INBOX");
    BOOST_TEST(peer.silent());

    noop->cancel();
    peer.settle();
    BOOST_TEST(noop->code() == asio::error::operation_aborted);
    BOOST_TEST((kind_of(noop->code()) == error_kind::cancelled));

    peer.serve("* 1 EXISTS\r\n" + tag + " OK done\r\n");
    BOOST_TEST(peer.silent());
    BOOST_TEST(select->done);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_command_in_flight_ends_at_once_and_its_answer_is_drained) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto fetch = peer.start(inbox.fetch(uid_set(1, 10), items::uid | items::envelope));
    const std::string tag = peer.expect("UID FETCH 1:10 (UID ENVELOPE)");
    peer.serve("* 1 FETCH (UID 1 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n");

    fetch->cancel();
    peer.settle();
    BOOST_TEST(fetch->code() == asio::error::operation_aborted);

    // The rest belongs to nobody: it is no event, and no other command gets it.
    const auto search = peer.start(inbox.search(search::all()));
    const std::string search_tag = peer.take_line().substr(0, tag.size());
    peer.serve("* 2 FETCH (UID 2 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n" + tag +
               " OK done\r\n");
    peer.serve("* SEARCH 7\r\n" + search_tag + " OK done\r\n");
    BOOST_REQUIRE(search->done && search->value);
    BOOST_TEST(search->value->numbers.to_string() == "7");
    BOOST_TEST(peer.events_of<events::flags_changed>().empty());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(every_type_of_cancellation_does_the_same) {
    for (const auto type : {asio::cancellation_type::terminal, asio::cancellation_type::all}) {
        scripted_peer peer;
        peer.connect();
        const auto noop = peer.start(peer.client().noop());
        const std::string tag = peer.expect("NOOP");
        noop->cancel(type);
        peer.settle();
        BOOST_TEST(noop->code() == asio::error::operation_aborted);
        peer.serve(tag + " OK late\r\n");
        peer.require_usable();
    }
}

BOOST_AUTO_TEST_CASE(a_literal_that_waits_for_the_server_is_finished_when_it_is_asked_for) {
    scripted_peer peer;
    peer.connect("* PREAUTH [CAPABILITY IMAP4rev1] no LITERAL+\r\n");
    const auto append = peer.start(peer.client().append("INBOX", std::string("Subject: x\r\n\r\nhello\r\n")));
    const std::string tag = peer.expect("APPEND INBOX {21}");

    append->cancel();
    peer.settle();
    BOOST_TEST(append->code() == asio::error::operation_aborted);

    // Another command must not be taken for the literal.
    const auto noop = peer.start(peer.client().noop());
    BOOST_TEST(peer.silent());
    peer.serve("+ go on\r\n");
    BOOST_TEST(peer.link->to_server.starts_with("Subject: x\r\n\r\nhello\r\n\r\n"));
    peer.link->to_server.erase(0, 23);
    const std::string noop_tag = peer.expect("NOOP");
    peer.serve(tag + " OK appended\r\n" + noop_tag + " OK done\r\n");
    BOOST_TEST(noop->done);
    BOOST_TEST(!noop->problem);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_literal_that_waits_may_be_refused_and_the_connection_goes_on) {
    scripted_peer peer;
    peer.connect("* PREAUTH [CAPABILITY IMAP4rev1] no LITERAL+\r\n");
    const auto append = peer.start(peer.client().append("INBOX", std::string("Subject: x\r\n\r\nhello\r\n")));
    const std::string tag = peer.expect("APPEND INBOX {21}");
    append->cancel();
    peer.serve(tag + " NO [OVERQUOTA] full\r\n");
    BOOST_TEST(peer.silent());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_literal_from_a_source_cannot_be_taken_back_so_the_connection_is_closed) {
    scripted_peer peer;
    peer.connect();
    auto source = [](std::span<char> room) -> asio::awaitable<std::size_t> {
        std::fill(room.begin(), room.end(), 'x');
        co_return room.size();
    };
    peer.link->take(100);
    const auto append = peer.start(peer.client().append("INBOX", std::uint64_t{10'000'000}, source));
    BOOST_TEST(!append->done);
    append->cancel();
    peer.settle();
    BOOST_TEST(append->code() == asio::error::operation_aborted);
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(what_is_drained_ends_within_its_time_however_busy_the_server_is) {
    scripted_peer peer;
    peer.connect(scripted_peer::preauth, connect_options().timings([] {
        timings short_ones;
        short_ones.drain = 30s;
        return short_ones;
    }()));
    mailbox inbox = peer.select(100);
    const auto fetch = peer.start(inbox.fetch(uid_set::all(), items::envelope));
    fetch->cancel();
    peer.settle();
    const auto noop = peer.start(peer.client().noop());
    for (int i = 1; i < 30; ++i) {
        peer.advance(1s);
        peer.serve("* 1 FETCH (UID 1 ENVELOPE NIL)\r\n");
    }
    BOOST_TEST(!noop->done);
    peer.advance(1s);
    BOOST_TEST(noop->code() == make_error_code(errc::grace_timeout));
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(what_is_drained_behind_a_long_answer_has_not_held_anybody_up) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select(100);
    const auto fetch = peer.start(inbox.fetch(uid_set::all(), items::envelope));
    const std::string tag = peer.expect("UID FETCH 1:* (ENVELOPE)");
    const auto noop = peer.start(peer.client().noop());
    const std::string noop_tag = peer.expect("NOOP");
    noop->cancel();
    peer.settle();
    for (int i = 1; i <= 20; ++i) {
        peer.advance(50s);
        peer.serve("* 1 FETCH (UID 1 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL))\r\n");
    }
    peer.serve(tag + " OK done\r\n" + noop_tag + " OK done\r\n");
    BOOST_REQUIRE(fetch->done && fetch->value);
    BOOST_TEST(fetch->value->size() == 20u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(each_answer_that_is_drained_has_its_own_time) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select(100);
    std::vector<std::string> tags;
    for (int i = 0; i < 3; ++i) {
        const auto status = peer.start(peer.client().status("a" + std::to_string(i), status::messages));
        const std::string line = peer.take_line();
        tags.push_back(line.substr(0, line.find(' ')));
        status->cancel();
        peer.settle();
    }
    for (const std::string& tag : tags) {
        for (int i = 0; i < 4; ++i) {
            peer.advance(58s);
            peer.serve("* OK still at it\r\n");
        }
        peer.serve(tag + " OK done\r\n");
    }
    peer.advance(10min);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(authenticate_is_ended_with_a_star_and_the_tagged_answer_awaited) {
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1 AUTH=CRAM-MD5] ready\r\n", in_clear());
    const auto login = peer.start(peer.client().authenticate(sasl::credentials("alice", "secret")));
    const std::string tag = peer.expect("AUTHENTICATE CRAM-MD5");

    login->cancel();
    peer.settle();
    BOOST_TEST(!login->done);
    BOOST_TEST(peer.silent()); // `*` answers a challenge; there is none yet
    peer.serve("+ PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2U+\r\n");
    peer.expect_line("*");
    BOOST_TEST(!login->done);
    peer.serve(tag + " BAD cancelled\r\n");
    BOOST_TEST(login->code() == asio::error::operation_aborted);
    BOOST_TEST((peer.client().state() == session_state::not_authenticated));
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(an_unanswered_star_closes_the_connection_after_the_grace) {
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1 AUTH=CRAM-MD5] ready\r\n", in_clear());
    const auto login = peer.start(peer.client().authenticate(sasl::credentials("alice", "secret")));
    peer.expect("AUTHENTICATE CRAM-MD5");
    login->cancel();
    peer.settle();
    peer.advance(11s);
    BOOST_REQUIRE(login->done);
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(idle_sends_done_awaits_the_answer_and_delivers_what_came_meanwhile) {
    scripted_peer peer;
    peer.connect();
    peer.select();
    const auto idle = peer.start(peer.client().idle());
    const std::string tag = peer.expect("IDLE");
    peer.serve("+ idling\r\n");

    idle->cancel();
    peer.settle();
    peer.expect_line("DONE");
    BOOST_TEST(!idle->done);
    peer.serve("* 4 EXISTS\r\n");
    BOOST_TEST(!idle->done);
    peer.serve(tag + " OK done\r\n");
    BOOST_TEST(idle->code() == asio::error::operation_aborted);
    const auto news = peer.events_of<events::exists>();
    BOOST_REQUIRE_EQUAL(news.size(), 1u);
    BOOST_TEST(news[0].count == 4u);
    BOOST_TEST(news[0].previous == 3u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(cancelling_idle_twice_closes_the_connection) {
    scripted_peer peer;
    peer.connect();
    const auto idle = peer.start(peer.client().idle());
    peer.expect("IDLE");
    peer.serve("+ idling\r\n");
    idle->cancel();
    peer.settle();
    peer.expect_line("DONE");
    idle->cancel();
    peer.settle();
    BOOST_TEST(idle->code() == asio::error::operation_aborted);
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(destroying_the_client_ends_everything_with_closed) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto noop = peer.start(peer.client().noop());
    const auto fetch = peer.start(inbox.fetch(uid_set(1), items::envelope));
    const auto idle = peer.start(peer.client().idle());
    const auto next = peer.start(peer.client().next_event());
    peer.connected.reset();
    peer.settle();
    BOOST_TEST(noop->code() == make_error_code(errc::closed));
    BOOST_TEST(fetch->code() == make_error_code(errc::closed));
    BOOST_TEST(idle->code() == make_error_code(errc::closed));
    BOOST_REQUIRE(next->done);
    BOOST_TEST(std::holds_alternative<events::closed>(*next->value));
    BOOST_TEST(peer.link->closed_by_client);
    // The handle to the mailbox outlives the client, and says what happened.
    const auto late = peer.start(inbox.fetch(uid_set(1), items::envelope));
    BOOST_TEST(late->code() == make_error_code(errc::closed));
}

BOOST_AUTO_TEST_CASE(destroying_the_context_with_everything_under_way_leaks_nothing) {
    auto peer = std::make_unique<scripted_peer>();
    peer->connect();
    mailbox inbox = peer->select();
    const auto noop = peer->start(peer->client().noop());
    const auto fetch = peer->start(inbox.fetch(uid_set(1), items::envelope));
    const auto idle = peer->start(peer->client().idle());
    // The leak checker sees whether a frame was left; nothing may complete any more.
    peer->link.reset();
    inbox = mailbox(); // the clock, which is the peer's, has to outlive every handle
    peer.reset();
    BOOST_TEST(noop->done);
}

BOOST_AUTO_TEST_CASE(dropping_what_was_returned_abandons_the_command) {
    scripted_peer peer;
    peer.connect();
    { auto dropped = peer.client().noop(); } // never sent: it was dropped before anything could be written
    peer.settle();
    BOOST_TEST(peer.silent());

    std::string tag;
    {
        auto dropped = peer.client().noop();
        peer.settle();
        tag = peer.expect("NOOP");
    }
    peer.settle();
    peer.serve(tag + " OK done\r\n");
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_race_against_a_timer_leaves_the_connection_usable_whoever_wins) {
    using namespace asio::experimental::awaitable_operators;
    scripted_peer peer;
    peer.connect();
    const auto race_with = [](client& c, asio::steady_timer& timer) -> asio::awaitable<std::size_t> {
        const auto result = co_await (c.noop() || timer.async_wait(asio::use_awaitable));
        co_return result.index();
    };

    asio::steady_timer never(peer.io, std::chrono::hours(1));
    const auto won = peer.start(race_with(peer.client(), never));
    peer.serve(peer.expect("NOOP") + " OK done\r\n");
    BOOST_REQUIRE(won->done && won->value);
    BOOST_TEST(*won->value == 0u);

    asio::steady_timer over(peer.io, std::chrono::steady_clock::now() - 1s);
    const auto lost = peer.start(race_with(peer.client(), over));
    const std::string tag = peer.silent() ? std::string() : peer.expect("NOOP");
    peer.settle();
    BOOST_REQUIRE(lost->done && lost->value);
    BOOST_TEST(*lost->value == 1u);
    if (!tag.empty())
        peer.serve(tag + " OK late\r\n");
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(with_timeout_fails_fast_with_the_operations_own_error) {
    scripted_peer peer;
    peer.connect();
    const auto noop = peer.start(with_timeout(peer.client().noop(), std::chrono::hours(1)));
    peer.serve(peer.expect("NOOP") + " NO not today\r\n");
    BOOST_TEST(noop->code() == make_error_code(errc::no));
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(with_timeout_reports_a_timeout_as_its_own_error_after_idle_has_said_done) {
    scripted_peer peer;
    peer.connect();
    const auto idle = peer.start(with_timeout(peer.client().idle(), 1ms));
    const std::string tag = peer.expect("IDLE");
    peer.serve("+ idling\r\n");
    while (peer.silent())
        peer.io.restart(), peer.io.run_one();
    peer.expect_line("DONE");
    BOOST_TEST(!idle->done);
    peer.serve(tag + " OK done\r\n");
    BOOST_TEST(idle->code() == make_error_code(errc::timed_out));
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(an_outer_cancellation_reaches_through_with_timeout) {
    scripted_peer peer;
    peer.connect();
    const auto idle = peer.start(with_timeout(peer.client().idle(), std::chrono::hours(1)));
    const std::string tag = peer.expect("IDLE");
    peer.serve("+ idling\r\n");
    idle->cancel();
    peer.settle();
    peer.expect_line("DONE");
    peer.serve(tag + " OK done\r\n");
    BOOST_TEST(idle->code() == asio::error::operation_aborted);
    peer.require_usable();
}

BOOST_AUTO_TEST_SUITE_END()
