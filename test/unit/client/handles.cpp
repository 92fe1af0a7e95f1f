// Handles to mailboxes, and clients without a connection.

#include "support/scripted_peer.hpp"

#include <asio/error.hpp>

using namespace coimap;
using namespace coimap::test;

namespace {

/// Every way to ask something of a handle ends like this, and nothing is sent.
void require_stale(scripted_peer& peer, mailbox handle) {
    BOOST_TEST(!handle.is_selected());
    BOOST_TEST(handle.exists() == 0u);
    BOOST_TEST(!handle.uid_of(1).has_value());
    const std::error_code expected = make_error_code(errc::stale_mailbox);
    BOOST_TEST(peer.start(handle.fetch(uid_set(7), items::flags))->code() == expected);
    BOOST_TEST(peer.start(handle.add_flags(uid_set(7), flags::deleted))->code() == expected);
    BOOST_TEST(peer.start(handle.expunge())->code() == expected);
    BOOST_TEST(peer.start(handle.close())->code() == expected);
    BOOST_TEST(peer.start(handle.search(search::all()))->code() == expected);
    BOOST_TEST(peer.start(handle.idle())->code() == expected);
    fetch_stream stream = handle.stream(uid_set(7), items::flags);
    BOOST_TEST(peer.start(stream.next())->code() == expected);
    body_sink sink = [](std::string_view) -> asio::awaitable<void> { co_return; };
    BOOST_TEST(peer.start(handle.download(7, items::message(), sink))->code() == expected);
    BOOST_TEST(peer.silent());
}

} // namespace

// --- mailboxes
// ------------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(mailbox_handles)

BOOST_AUTO_TEST_CASE(a_handle_dies_when_another_mailbox_is_selected) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const mailbox copy = inbox;
    const auto opened = peer.start(peer.client().examine("Drafts"));
    peer.serve("* 9 EXISTS\r\n" + peer.expect("EXAMINE Drafts") + " OK [READ-ONLY] done\r\n");
    BOOST_REQUIRE(opened->value);
    require_stale(peer, inbox);
    require_stale(peer, copy);
    BOOST_TEST(opened->value->is_selected());
    BOOST_TEST(opened->value->read_only());
    BOOST_TEST(opened->value->exists() == 9u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_handle_dies_when_the_same_mailbox_is_selected_again) {
    scripted_peer peer;
    peer.connect();
    const mailbox first = peer.select();
    const mailbox second = peer.select();
    require_stale(peer, first);
    BOOST_TEST(second.is_selected());
}

BOOST_AUTO_TEST_CASE(what_is_queued_behind_another_select_is_not_sent) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto other = peer.start(peer.client().select("Drafts"));
    const auto fetch = peer.start(inbox.fetch(uid_set(7), items::flags));
    const auto store = peer.start(inbox.add_flags(uid_set(7), flags::deleted));
    const auto noop = peer.start(peer.client().noop());
    const std::string tag = peer.expect("SELECT Drafts");
    BOOST_TEST(!fetch->done);
    peer.serve("* 9 EXISTS\r\n" + tag + " OK done\r\n");
    BOOST_TEST(fetch->code() == make_error_code(errc::stale_mailbox));
    BOOST_TEST(store->code() == make_error_code(errc::stale_mailbox));
    BOOST_TEST(fetch->details().connection_usable);
    peer.serve(peer.expect("NOOP") + " OK done\r\n");
    BOOST_TEST(!noop->problem);
    BOOST_TEST(peer.silent());
}

BOOST_AUTO_TEST_CASE(what_was_encoded_before_the_select_was_asked_for_belongs_to_the_old_mailbox) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    // The FETCH waits for the NOOP (numbers), so that the SELECT is asked for while it is queued, and comes
    // behind it.
    const auto noop = peer.start(peer.client().noop());
    const auto fetch = peer.start(inbox.fetch(sequence_set(1), items::flags));
    const auto other = peer.start(peer.client().select("Drafts"));
    const std::string a = peer.expect("NOOP");
    peer.serve(a + " OK done\r\n");
    const std::string b = peer.expect("FETCH 1 (FLAGS)");
    BOOST_TEST(peer.silent());
    peer.serve("* 1 FETCH (FLAGS (\\Seen))\r\n" + b + " OK done\r\n");
    BOOST_REQUIRE(fetch->value);
    BOOST_TEST(fetch->value->size() == 1u);
    peer.expect("SELECT Drafts");
}

BOOST_AUTO_TEST_CASE(a_select_that_fails_leaves_nothing_selected) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto other = peer.start(peer.client().select("Nowhere"));
    const auto fetch = peer.start(inbox.fetch(uid_set(7), items::flags));
    peer.serve(peer.expect("SELECT Nowhere") + " NO [NONEXISTENT] no such mailbox\r\n");
    BOOST_TEST(other->code() == make_error_code(errc::no));
    BOOST_TEST(other->details().response_code == "NONEXISTENT");
    BOOST_TEST(fetch->code() == make_error_code(errc::stale_mailbox));
    BOOST_TEST((peer.client().state() == session_state::authenticated));
    require_stale(peer, inbox);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_select_that_was_not_understood_changes_nothing) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto other = peer.start(peer.client().select("Nowhere"));
    peer.serve(peer.expect("SELECT Nowhere") + " BAD what\r\n");
    BOOST_TEST(other->code() == make_error_code(errc::bad));
    BOOST_TEST(inbox.is_selected());
    BOOST_TEST(inbox.exists() == 3u);
}

BOOST_AUTO_TEST_CASE(close_and_unselect_end_a_handle) {
    for (const bool expunging : {true, false}) {
        scripted_peer peer;
        peer.connect("* PREAUTH [CAPABILITY IMAP4rev1 UNSELECT] welcome\r\n");
        mailbox inbox = peer.select();
        const auto closed = peer.start(expunging ? inbox.close() : inbox.unselect());
        const auto late = peer.start(inbox.fetch(uid_set(1), items::flags));
        peer.serve(peer.expect(expunging ? "CLOSE" : "UNSELECT") + " OK done\r\n");
        BOOST_TEST(closed->code() == std::error_code());
        BOOST_TEST(late->code() == make_error_code(errc::stale_mailbox));
        BOOST_TEST((peer.client().state() == session_state::authenticated));
        require_stale(peer, inbox);
        peer.require_usable();
    }
}

BOOST_AUTO_TEST_CASE(an_abandoned_select_is_in_force_all_the_same) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto other = peer.start(peer.client().select("Drafts"));
    const std::string tag = peer.expect("SELECT Drafts");
    other->cancel();
    peer.settle();
    BOOST_TEST(other->code() == asio::error::operation_aborted);
    peer.serve("* 9 EXISTS\r\n" + tag + " OK done\r\n");
    // Nobody has a handle to Drafts, and nobody takes it for INBOX.
    require_stale(peer, inbox);
    BOOST_TEST((peer.client().state() == session_state::selected));
    const mailbox again = peer.select(4);
    BOOST_TEST(again.exists() == 4u);
}

BOOST_AUTO_TEST_CASE(the_end_of_the_connection_ends_a_handle_with_its_reason) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    peer.link->hang_up();
    peer.settle();
    BOOST_TEST(!inbox.is_selected());
    const auto fetch = peer.start(inbox.fetch(uid_set(1), items::flags));
    BOOST_TEST(fetch->code() == make_error_code(errc::connection_lost));
}

BOOST_AUTO_TEST_CASE(a_handle_to_nothing_is_selected_nowhere) {
    mailbox nothing;
    BOOST_TEST(!nothing.is_selected());
    BOOST_CHECK_EXCEPTION(static_cast<void>(nothing.check()), error,
                          [](const error& e) { return e.code() == make_error_code(errc::stale_mailbox); });
}

BOOST_AUTO_TEST_SUITE_END()

// --- clients
// --------------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(client_handles)

BOOST_AUTO_TEST_CASE(a_client_may_be_moved_while_it_is_used) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto noop = peer.start(peer.client().noop());
    const auto idle = peer.start(peer.client().idle());
    client moved = std::move(peer.client());
    BOOST_TEST(!peer.client().is_open());
    BOOST_TEST(moved.is_open());
    BOOST_CHECK_EXCEPTION(static_cast<void>(peer.client().noop()), error,
                          [](const error& e) { return e.code() == make_error_code(errc::closed); });
    peer.serve(peer.expect("NOOP") + " OK done\r\n");
    BOOST_TEST(!noop->problem);
    peer.advance(1s);
    peer.expect("IDLE");
    BOOST_TEST(inbox.is_selected());

    peer.client() = std::move(moved);
    BOOST_TEST(peer.client().is_open());
    BOOST_TEST(!moved.is_open());
    BOOST_TEST(!idle->done);
}

BOOST_AUTO_TEST_CASE(a_client_that_is_assigned_to_closes_what_it_was) {
    scripted_peer peer;
    scripted_peer other;
    peer.connect();
    other.connect();
    const auto noop = peer.start(peer.client().noop());
    peer.client() = std::move(other.client());
    peer.settle();
    BOOST_REQUIRE(noop->done);
    BOOST_TEST(noop->code() == make_error_code(errc::closed));
    BOOST_TEST(peer.link->closed_by_client);
    BOOST_TEST(peer.client().is_open());
    BOOST_TEST(!other.client().is_open());
    // The connection that was moved belongs to the other's context.
    peer.connected.reset();
    other.settle();
}

BOOST_AUTO_TEST_CASE(what_was_moved_from_says_so) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const mailbox kept = std::move(inbox);
    body_sink sink = [](std::string_view) -> asio::awaitable<void> { co_return; };
    const auto stale = [](const error& e) { return e.code() == make_error_code(errc::stale_mailbox); };
    BOOST_CHECK_EXCEPTION(static_cast<void>(inbox.expunge()), error, stale);
    BOOST_CHECK_EXCEPTION(static_cast<void>(inbox.move(uid_set(7), "Drafts")), error, stale);
    BOOST_CHECK_EXCEPTION(static_cast<void>(inbox.stream(uid_set(7), items::flags)), error, stale);
    BOOST_CHECK_EXCEPTION(static_cast<void>(inbox.download(7, items::message(), sink)), error, stale);
    BOOST_CHECK_EXCEPTION(static_cast<void>(inbox.idle()), error, stale);
    BOOST_CHECK_EXCEPTION(static_cast<void>(inbox.next_event()), error, stale);
    const client moved = std::move(peer.client());
    const auto closed = [](const error& e) { return e.code() == make_error_code(errc::closed); };
    BOOST_CHECK_EXCEPTION(static_cast<void>(peer.client().idle()), error, closed);
    BOOST_CHECK_EXCEPTION(static_cast<void>(peer.client().next_event()), error, closed);
    BOOST_CHECK_EXCEPTION(static_cast<void>(peer.client().poll_event()), error, closed);
    BOOST_TEST(kept.is_selected());
    BOOST_TEST(moved.is_open());
    BOOST_TEST(peer.silent());
}

BOOST_AUTO_TEST_CASE(a_closed_client_answers_everything_with_closed) {
    scripted_peer peer;
    peer.connect();
    peer.client().close();
    peer.client().close();
    peer.settle();
    BOOST_TEST(peer.start(peer.client().noop())->code() == make_error_code(errc::closed));
    BOOST_TEST(peer.start(peer.client().select("INBOX"))->code() == make_error_code(errc::closed));
    BOOST_TEST(peer.start(peer.client().idle())->code() == make_error_code(errc::closed));
    BOOST_TEST(peer.start(peer.client().logout())->code() == std::error_code());
    BOOST_TEST(peer.silent());
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(logout_ends_well_whatever_the_server_says_or_does_not) {
    const std::string_view answers[] = {"* BYE see you\r\n%s OK done\r\n", "* BYE see you\r\n",
                                        "%s BYE see you\r\n", "%s OK done\r\n", ""};
    for (const std::string_view answer : answers) {
        scripted_peer peer;
        peer.connect();
        const auto logout = peer.start(peer.client().logout());
        const std::string tag = peer.expect("LOGOUT");
        std::string said(answer);
        if (const auto place = said.find("%s"); place != std::string::npos)
            said.replace(place, 2, tag);
        peer.serve(said);
        peer.advance(2s);
        BOOST_TEST(logout->code() == std::error_code(), answer);
        peer.require_closed();
    }
    {
        scripted_peer peer;
        peer.connect();
        const auto logout = peer.start(peer.client().logout());
        peer.link->hang_up();
        peer.settle();
        BOOST_TEST(logout->code() == std::error_code());
        peer.require_closed();
    }
}

BOOST_AUTO_TEST_CASE(logout_waits_for_an_abandoned_command_and_no_longer_than_silence_may_last) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto fetch = peer.start(inbox.fetch(uid_set(1), items::flags));
    const std::string tag = peer.expect("UID FETCH 1 (FLAGS)");
    fetch->cancel();
    peer.settle();
    const auto logout = peer.start(peer.client().logout());
    BOOST_TEST(peer.silent());
    {
        peer.serve("* 1 FETCH (UID 1 FLAGS ())\r\n" + tag + " OK done\r\n");
        peer.serve("* BYE\r\n" + peer.expect("LOGOUT") + " OK\r\n");
        BOOST_TEST(logout->code() == std::error_code());
        peer.require_closed();
    }
    scripted_peer silent;
    silent.connect();
    const auto noop = silent.start(silent.client().noop());
    noop->cancel();
    silent.settle();
    const auto leaving = silent.start(silent.client().logout());
    silent.advance(61s);
    BOOST_TEST(leaving->code() == std::error_code());
    silent.require_closed();
}

BOOST_AUTO_TEST_CASE(commands_behind_a_logout_are_not_sent) {
    scripted_peer peer;
    peer.connect();
    const auto logout = peer.start(peer.client().logout());
    const auto noop = peer.start(peer.client().noop());
    peer.serve("* BYE\r\n" + peer.expect("LOGOUT") + " OK\r\n");
    BOOST_TEST(peer.silent());
    BOOST_TEST(noop->code() == make_error_code(errc::closed));
}

BOOST_AUTO_TEST_SUITE_END()
