// Events: what each kind of untagged response becomes, in which order they come, and who gets them.

#include "support/scripted_peer.hpp"

#include <asio/error.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>

using namespace coimap;
using namespace coimap::test;

namespace {

/// INBOX with three messages whose UIDs are known: 11, 12, 13.
struct peer_with_uids : scripted_peer {
    peer_with_uids() {
        connect();
        inbox = select();
        const auto fetch = start(inbox.fetch(sequence_set(1, 3), items::uid));
        const std::string tag = expect("FETCH 1:3 (UID)");
        serve("* 1 FETCH (UID 11)\r\n* 2 FETCH (UID 12)\r\n* 3 FETCH (UID 13)\r\n" + tag + " OK done\r\n");
        BOOST_REQUIRE(fetch->done && fetch->value && fetch->value->size() == 3);
        BOOST_REQUIRE(events().empty());
    }

    template<class Event>
    Event only() {
        const auto all = events();
        BOOST_REQUIRE_EQUAL(all.size(), 1u);
        BOOST_REQUIRE(std::holds_alternative<Event>(all[0]));
        return std::get<Event>(all[0]);
    }

    mailbox inbox;
};

} // namespace

BOOST_AUTO_TEST_SUITE(client_events)

// --- what becomes what
// ----------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(expunge_carries_the_uid_where_it_is_known_and_numbers_move) {
    peer_with_uids peer;
    peer.serve("* 2 EXPUNGE\r\n");
    auto gone = peer.only<events::expunged>();
    BOOST_TEST(gone.sequence_number == 2u);
    BOOST_TEST(gone.uid.value() == 12u);
    BOOST_TEST(peer.inbox.exists() == 2u);
    BOOST_TEST(peer.inbox.uid_of(2).value() == 13u);
    BOOST_TEST(!peer.inbox.uid_of(3).has_value());

    peer.serve("* 4 EXISTS\r\n* 3 EXPUNGE\r\n");
    const auto all = peer.events();
    BOOST_REQUIRE_EQUAL(all.size(), 2u);
    BOOST_TEST(
        !std::get<events::expunged>(all[1]).uid.has_value()); // a new one: nobody has asked for its UID
    BOOST_TEST(peer.inbox.uid_of(2).value() == 13u);
}

BOOST_AUTO_TEST_CASE(flags_carry_the_uid_that_came_with_them_or_is_known) {
    peer_with_uids peer;
    peer.serve("* 3 FETCH (FLAGS (\\Seen $Junk))\r\n");
    auto changed = peer.only<events::flags_changed>();
    BOOST_TEST(changed.sequence_number == 3u);
    BOOST_TEST(changed.uid.value() == 13u);
    BOOST_REQUIRE_EQUAL(changed.flags.size(), 2u);
    BOOST_TEST(changed.flags[1] == "$Junk");
    BOOST_TEST(!changed.modseq.has_value());

    peer.serve("* 4 EXISTS\r\n* 4 FETCH (FLAGS () UID 14 MODSEQ (77))\r\n");
    const auto all = peer.events();
    BOOST_REQUIRE_EQUAL(all.size(), 2u);
    changed = std::get<events::flags_changed>(all[1]);
    BOOST_TEST(changed.uid.value() == 14u);
    BOOST_TEST(changed.modseq.value() == 77u);
    BOOST_TEST(peer.inbox.uid_of(4).value() == 14u);
    BOOST_TEST(peer.inbox.highest_modseq() == 77u);
}

BOOST_AUTO_TEST_CASE(exists_tells_how_many_there_were_before) {
    peer_with_uids peer;
    peer.serve("* 5 EXISTS\r\n* 1 RECENT\r\n");
    const auto all = peer.events();
    BOOST_REQUIRE_EQUAL(all.size(), 2u);
    BOOST_TEST(std::get<events::exists>(all[0]).count == 5u);
    BOOST_TEST(std::get<events::exists>(all[0]).previous == 3u);
    BOOST_TEST(std::get<events::recent>(all[1]).count == 1u);
}

BOOST_AUTO_TEST_CASE(vanished_names_uids_and_shrinks_the_mailbox_unless_it_was_earlier) {
    peer_with_uids peer;
    peer.serve("* VANISHED 12\r\n");
    BOOST_TEST(peer.only<events::vanished>().uids.to_string() == "12");
    BOOST_TEST(peer.inbox.exists() == 2u);
    BOOST_TEST(peer.inbox.uid_of(2).value() == 13u);

    peer.serve("* VANISHED (EARLIER) 1:9\r\n");
    const auto earlier = peer.only<events::vanished>();
    BOOST_TEST(earlier.earlier);
    BOOST_TEST(earlier.uids.count() == 9u);
    BOOST_TEST(peer.inbox.exists() == 2u);

    peer.serve("* VANISHED 11,13\r\n");
    BOOST_TEST(peer.only<events::vanished>().uids.to_string() == "11,13");
    BOOST_TEST(peer.inbox.exists() == 0u);
    BOOST_TEST(!peer.inbox.uid_of(1).has_value());
}

BOOST_AUTO_TEST_CASE(the_mode_changes_by_a_response_code) {
    peer_with_uids peer;
    BOOST_TEST(!peer.inbox.read_only());
    peer.serve("* OK [READ-ONLY] somebody took your rights\r\n");
    BOOST_TEST(peer.only<events::mode_changed>().read_only);
    BOOST_TEST(peer.inbox.read_only());
    peer.serve("* OK [READ-ONLY] still\r\n");
    BOOST_TEST(peer.events().empty());
    peer.serve("* OK [READ-WRITE] and back\r\n");
    BOOST_TEST(!peer.only<events::mode_changed>().read_only);
}

BOOST_AUTO_TEST_CASE(flags_of_the_mailbox_are_an_event) {
    peer_with_uids peer;
    peer.serve("* FLAGS (\\Seen $New)\r\n");
    const auto flags = peer.only<events::mailbox_flags>();
    BOOST_REQUIRE_EQUAL(flags.flags.size(), 2u);
    BOOST_TEST(flags.flags[1] == "$New");
}

BOOST_AUTO_TEST_CASE(an_alert_says_that_anybody_may_have_written_it_without_tls) {
    peer_with_uids peer;
    peer.serve("* OK [ALERT] the disk is on fire\r\n");
    const auto alert = peer.only<events::alert>();
    BOOST_TEST(alert.text == "the disk is on fire");
    BOOST_TEST(!alert.authenticated);

    // Beside a tagged answer, too.
    const auto noop = peer.start(peer.client().noop());
    peer.serve(peer.expect("NOOP") + " NO [ALERT] go away\r\n");
    BOOST_TEST(noop->code() == make_error_code(errc::no));
    BOOST_TEST(peer.only<events::alert>().text == "go away");
}

BOOST_AUTO_TEST_CASE(an_alert_of_the_greeting_is_not_lost) {
    scripted_peer peer;
    peer.connect("* PREAUTH [ALERT] read this\r\n");
    peer.serve("* CAPABILITY IMAP4rev1\r\n" + peer.expect("CAPABILITY") + " OK\r\n");
    BOOST_REQUIRE(peer.connecting->done && peer.connecting->value);
    peer.connected.emplace(std::move(*peer.connecting->value));
    const auto alerts = peer.events_of<events::alert>();
    BOOST_REQUIRE_EQUAL(alerts.size(), 1u);
    BOOST_TEST(alerts[0].text == "read this");
}

BOOST_AUTO_TEST_CASE(other_status_text_is_a_notice_with_its_code) {
    peer_with_uids peer;
    peer.serve("* NO [XWARN 3] disk nearly full\r\n");
    const auto notice = peer.only<events::notice>();
    BOOST_TEST(notice.status == "NO");
    BOOST_TEST(notice.code == "XWARN 3");
    BOOST_TEST(notice.text == "disk nearly full");
}

BOOST_AUTO_TEST_CASE(capabilities_told_anew_are_an_event_and_in_force_at_once) {
    peer_with_uids peer;
    peer.serve("* CAPABILITY IMAP4rev1 XNEW\r\n");
    peer.only<events::capabilities_changed>();
    BOOST_TEST(peer.client().caps().has("XNEW"));
    BOOST_TEST(!peer.client().caps().has("IDLE"));
    peer.serve("* OK [CAPABILITY IMAP4rev1 IDLE] and again\r\n");
    peer.only<events::capabilities_changed>();
    BOOST_TEST(peer.client().caps().has("IDLE"));
}

BOOST_AUTO_TEST_CASE(what_nobody_asked_for_and_nobody_knows_is_other_data_with_its_octets) {
    peer_with_uids peer;
    peer.serve("* STATUS Drafts (MESSAGES 4)\r\n* XNEWS (a b) \"c\"\r\n");
    const auto all = peer.events();
    BOOST_REQUIRE_EQUAL(all.size(), 2u);
    BOOST_TEST(std::get<events::other_data>(all[0]).name == "STATUS");
    BOOST_TEST(std::get<events::other_data>(all[1]).name == "XNEWS");
    BOOST_TEST(std::get<events::other_data>(all[1]).bytes.starts_with("* XNEWS (a b) \"c\""));
}

BOOST_AUTO_TEST_CASE(numbers_outside_the_mailbox_are_defects_and_change_nothing) {
    peer_with_uids peer;
    peer.serve("* 4 EXPUNGE\r\n* 0 EXPUNGE\r\n");
    const auto all = peer.events();
    BOOST_REQUIRE_EQUAL(all.size(), 2u);
    for (const auto& each : all)
        BOOST_TEST(std::holds_alternative<events::protocol_defect>(each));
    BOOST_TEST(peer.inbox.exists() == 3u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(lines_that_are_no_response_are_defects_up_to_a_bound) {
    peer_with_uids peer;
    peer.serve("gibberish\r\n\r\n");
    BOOST_TEST(peer.only<events::protocol_defect>().bytes.starts_with("gibberish"));
    for (int i = 0; i < 100; ++i)
        peer.serve("gibberish\r\n");
    BOOST_TEST(!peer.client().is_open());
    const auto noop = peer.start(peer.client().noop());
    BOOST_TEST(noop->code() == make_error_code(errc::protocol_violation));
}

// --- when
// -----------------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(they_fire_while_a_command_runs_and_before_its_end) {
    peer_with_uids peer;
    const auto noop = peer.start(peer.client().noop());
    const auto next = peer.start(peer.client().next_event());
    const std::string tag = peer.expect("NOOP");
    peer.serve("* 4 EXISTS\r\n");
    BOOST_REQUIRE(next->done && next->value);
    BOOST_TEST(std::get<events::exists>(*next->value).count == 4u);
    BOOST_TEST(!noop->done);
    peer.serve(tag + " OK done\r\n");
    BOOST_TEST(noop->done);
}

BOOST_AUTO_TEST_CASE(they_come_in_the_order_of_the_responses) {
    peer_with_uids peer;
    peer.serve("* 4 EXISTS\r\n* 1 EXPUNGE\r\n* 1 FETCH (FLAGS ())\r\n* OK [ALERT] x\r\n* 1 EXPUNGE\r\n");
    const auto all = peer.events();
    BOOST_REQUIRE_EQUAL(all.size(), 5u);
    BOOST_TEST(std::holds_alternative<events::exists>(all[0]));
    BOOST_TEST(std::get<events::expunged>(all[1]).uid.value() == 11u);
    BOOST_TEST(std::get<events::flags_changed>(all[2]).uid.value() == 12u);
    BOOST_TEST(std::holds_alternative<events::alert>(all[3]));
    BOOST_TEST(std::get<events::expunged>(all[4]).uid.value() == 12u);
}

BOOST_AUTO_TEST_CASE(bye_and_then_closed_come_last_and_nothing_after) {
    peer_with_uids peer;
    peer.serve("* 4 EXISTS\r\n* BYE [XCODE] over\r\n* 5 EXISTS\r\n");
    auto all = peer.events();
    BOOST_REQUIRE_EQUAL(all.size(), 3u);
    BOOST_TEST(std::get<events::exists>(all[0]).count == 4u);
    BOOST_TEST(std::get<events::bye>(all[1]).text == "over");
    BOOST_TEST(std::get<events::bye>(all[1]).code == "XCODE");
    BOOST_TEST(std::get<events::closed>(all[2]).reason == make_error_code(errc::server_bye));
    const auto next = peer.start(peer.client().next_event());
    BOOST_TEST(next->code() == make_error_code(errc::server_bye));
}

BOOST_AUTO_TEST_CASE(a_lost_connection_is_an_event_that_is_waited_for) {
    peer_with_uids peer;
    const auto next = peer.start(peer.client().next_event());
    peer.link->hang_up();
    peer.settle();
    BOOST_REQUIRE(next->done && next->value);
    BOOST_TEST(std::get<events::closed>(*next->value).reason == make_error_code(errc::connection_lost));
}

BOOST_AUTO_TEST_CASE(what_was_dropped_is_counted_where_it_would_have_stood) {
    scripted_peer peer;
    limits small;
    small.pending_events = 4;
    peer.connect(scripted_peer::preauth, connect_options().limits(small));
    peer.select(100);
    for (int i = 0; i < 10; ++i)
        peer.serve("* 1 EXPUNGE\r\n");
    BOOST_TEST(std::holds_alternative<events::expunged>(*peer.client().poll_event()));
    peer.serve("* 1 EXPUNGE\r\n"); // the queue is full still: with the marker it holds four
    peer.link->hang_up();
    peer.settle();
    const auto all = peer.events();
    BOOST_REQUIRE_EQUAL(all.size(), 5u);
    for (std::size_t i = 0; i < 3; ++i)
        BOOST_TEST(std::holds_alternative<events::expunged>(all[i]));
    BOOST_TEST(std::get<events::events_lost>(all[3]).count == 7u);
    BOOST_TEST(std::holds_alternative<events::closed>(all[4]));
}

BOOST_AUTO_TEST_CASE(where_the_mailbox_changes_a_marker_stands_among_its_events) {
    peer_with_uids peer;
    peer.serve("* 4 EXISTS\r\n");
    const auto drafts = peer.start(peer.client().select("Entw\u00fcrfe"));
    const std::string tag = peer.expect("SELECT Entw&APw-rfe");
    peer.serve("* 7 EXISTS\r\n* OK [UIDVALIDITY 5] ok\r\n" + tag + " OK done\r\n* 8 EXISTS\r\n");
    auto all = peer.events();
    BOOST_REQUIRE_EQUAL(all.size(), 3u);
    BOOST_TEST(std::get<events::exists>(all[0]).count == 4u);
    const auto& change = std::get<events::selection_changed>(all[1]);
    BOOST_TEST(change.name == "Entw\u00fcrfe");
    BOOST_TEST(change.uid_validity == 5u);
    BOOST_TEST(change.exists == 7u);
    BOOST_TEST(std::get<events::exists>(all[2]).previous == 7u);

    const auto unselect = peer.start(drafts->value->close());
    peer.serve(peer.expect("CLOSE") + " OK done\r\n");
    all = peer.events();
    BOOST_REQUIRE_EQUAL(all.size(), 1u);
    BOOST_TEST(std::get<events::selection_changed>(all[0]).name.empty());
}

BOOST_AUTO_TEST_CASE(a_flood_of_news_is_one_event) {
    peer_with_uids peer;
    std::string flood;
    for (int i = 4; i < 2000; ++i)
        flood += "* " + std::to_string(i) + " EXISTS\r\n";
    peer.serve(flood);
    const auto news = peer.only<events::exists>();
    BOOST_TEST(news.count == 1999u);
    BOOST_TEST(news.previous == 3u);
}

// --- who gets them
// --------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_CASE(one_coroutine_takes_events) {
    peer_with_uids peer;
    const auto first = peer.start(peer.client().next_event());
    const auto second = peer.start(peer.inbox.next_event());
    BOOST_TEST(second->code() == make_error_code(errc::bad_state));
    BOOST_TEST(!first->done);
    peer.serve("* 4 EXISTS\r\n");
    BOOST_TEST(first->done);
}

BOOST_AUTO_TEST_CASE(cancelling_the_wait_loses_nothing) {
    peer_with_uids peer;
    const auto next = peer.start(peer.client().next_event());
    next->cancel();
    peer.settle();
    BOOST_TEST(next->code() == asio::error::operation_aborted);
    BOOST_TEST(peer.silent());
    peer.serve("* 4 EXISTS\r\n");
    const auto again = peer.start(peer.client().next_event());
    BOOST_REQUIRE(again->done && again->value);
    BOOST_TEST(std::get<events::exists>(*again->value).count == 4u);
}

BOOST_AUTO_TEST_CASE(an_event_in_the_turn_of_the_cancellation_is_returned_or_waits) {
    using namespace asio::experimental::awaitable_operators;
    const auto until = [](client& c, asio::steady_timer& timer) -> asio::awaitable<std::size_t> {
        const auto result = co_await (c.next_event() || timer.async_wait(asio::use_awaitable));
        co_return result.index();
    };
    for (int steps = 0; steps < 12; ++steps) {
        peer_with_uids peer;
        asio::steady_timer timer(peer.io, std::chrono::hours(1));
        const auto waiting = peer.start(until(peer.client(), timer));
        peer.link->send("* 4 EXISTS\r\n");
        peer.io.restart();
        for (int i = 0; i < steps; ++i)
            peer.io.poll_one();
        timer.expires_at(std::chrono::steady_clock::now() - std::chrono::seconds(1));
        waiting->cancel();
        peer.settle();
        BOOST_REQUIRE(waiting->done);
        const std::size_t taken = waiting->value && *waiting->value == 0u ? 1 : 0;
        BOOST_TEST(taken + peer.events().size() == 1u, "after " << steps << " steps");
    }
}

BOOST_AUTO_TEST_CASE(a_handler_gets_what_waited_and_what_comes_until_it_is_taken_away) {
    peer_with_uids peer;
    peer.serve("* 4 EXISTS\r\n");
    std::vector<std::size_t> seen;
    peer.client().on_event([&seen](const event& what) { seen.push_back(what.index()); });
    peer.settle();
    BOOST_TEST(seen.size() == 1u);
    const auto noop = peer.start(peer.client().noop());
    const std::string tag = peer.expect("NOOP");
    peer.serve("* 1 EXPUNGE\r\n" + tag + " OK done\r\n");
    BOOST_TEST(seen.size() == 2u);
    peer.client().on_event({});
    peer.serve("* 1 EXPUNGE\r\n");
    BOOST_TEST(seen.size() == 2u);
    BOOST_TEST(peer.events().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_is_removed_and_harms_nobody) {
    peer_with_uids peer;
    peer.client().on_event([](const event&) { throw 1; });
    peer.serve("* 4 EXISTS\r\n* 1 EXPUNGE\r\n");
    BOOST_TEST(peer.events_of<events::expunged>().size() == 1u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_handler_may_replace_itself) {
    peer_with_uids peer;
    int first = 0;
    int second = 0;
    peer.client().on_event([&](const event&) {
        ++first;
        peer.client().on_event([&second](const event&) { ++second; });
    });
    peer.serve("* 4 EXISTS\r\n* 1 EXPUNGE\r\n* 1 EXPUNGE\r\n");
    BOOST_TEST(first == 1);
    BOOST_TEST(second == 2);
}

BOOST_AUTO_TEST_CASE(idle_with_a_handler_takes_precedence_for_as_long_as_it_lasts) {
    peer_with_uids peer;
    int of_client = 0;
    int of_idle = 0;
    peer.client().on_event([&of_client](const event&) { ++of_client; });
    const auto idle = peer.start(peer.client().idle([&of_idle](const event&) { ++of_idle; }));
    const std::string tag = peer.expect("IDLE");
    peer.serve("+ idling\r\n* 4 EXISTS\r\n");
    BOOST_TEST(of_idle == 1);
    idle->cancel();
    peer.settle();
    peer.serve(tag + " OK done\r\n");
    peer.serve("* 5 EXISTS\r\n");
    BOOST_TEST(of_idle == 1);
    BOOST_TEST(of_client == 1);
}

BOOST_AUTO_TEST_CASE(a_handler_is_not_called_once_its_client_is_destroyed) {
    peer_with_uids peer;
    int calls = 0;
    peer.client().on_event([&calls](const event&) { ++calls; });
    peer.link->send("* 4 EXISTS\r\n");
    peer.connected.reset();
    peer.settle();
    BOOST_TEST(calls == 0);
}

BOOST_AUTO_TEST_SUITE_END()
