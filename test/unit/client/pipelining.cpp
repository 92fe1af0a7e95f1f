// What overlaps on the wire and what is held back, seen from the server's end.

#include "support/scripted_peer.hpp"

#include <algorithm>
#include <random>

using namespace coimap;
using namespace coimap::test;

BOOST_AUTO_TEST_SUITE(client_pipelining)

BOOST_AUTO_TEST_CASE(two_calls_and_then_two_awaits_are_one_write) {
    scripted_peer peer;
    peer.connect();
    peer.link->writes = 0;
    const auto both = [](client& c) -> asio::awaitable<std::uint32_t> {
        auto drafts = c.status("Drafts", status::messages);
        auto sent = c.status("Sent", status::messages);
        const auto first = co_await std::move(drafts);
        const auto second = co_await std::move(sent);
        co_return first.messages.value() * 1000 + second.messages.value();
    };
    const auto sum = peer.start(both(peer.client()));
    BOOST_TEST(peer.link->writes == 1u);
    const std::string a = peer.expect("STATUS Drafts (MESSAGES)");
    const std::string b = peer.expect("STATUS Sent (MESSAGES)");
    // Answered crosswise: each gets its own.
    peer.serve("* STATUS Sent (MESSAGES 2)\r\n" + b + " OK done\r\n* STATUS Drafts (MESSAGES 1)\r\n" + a +
               " OK done\r\n");
    BOOST_REQUIRE(sum->done && sum->value);
    BOOST_TEST(*sum->value == 1002u);
}

BOOST_AUTO_TEST_CASE(a_command_is_encoded_at_the_call_so_that_its_arguments_need_not_live) {
    scripted_peer peer;
    peer.connect();
    std::optional<asio::awaitable<status_values>> later;
    {
        std::string name = "a name that is too long for the small buffer of a string";
        later = peer.client().status(name, status::messages);
        name.assign(name.size(), '!');
    }
    const auto status = peer.start(*std::move(later));
    peer.expect("STATUS \"a name that is too long for the small buffer of a string\" (MESSAGES)");
}

BOOST_AUTO_TEST_CASE(a_thousand_coroutines_each_get_their_own_answer_in_a_few_writes) {
    scripted_peer peer;
    peer.connect();
    peer.link->writes = 0;
    std::vector<std::shared_ptr<outcome<nothing>>> waiting;
    for (int i = 0; i < 1000; ++i) {
        auto result = std::make_shared<outcome<nothing>>();
        asio::co_spawn(peer.io, peer.client().noop(), [result](std::exception_ptr problem) {
            result->done = true;
            result->problem = std::move(problem);
        });
        waiting.push_back(std::move(result));
    }
    peer.settle();
    BOOST_TEST(peer.link->writes < 20u);
    std::vector<std::string> tags;
    for (int i = 0; i < 1000; ++i)
        tags.push_back(peer.expect("NOOP"));
    BOOST_TEST(peer.silent());

    // Every third is refused; the order is anything but that of the questions.
    std::vector<std::size_t> order(tags.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::shuffle(order.begin(), order.end(), std::mt19937(42));
    std::string answers;
    for (const std::size_t each : order)
        answers += tags[each] + (each % 3 == 0 ? " NO not this one\r\n" : " OK done\r\n");
    peer.serve(answers);
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        BOOST_REQUIRE(waiting[i]->done);
        BOOST_TEST_INFO("command " << i);
        BOOST_CHECK(waiting[i]->code() == (i % 3 == 0 ? make_error_code(errc::no) : std::error_code()));
    }
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(select_waits_for_what_is_under_way_and_everything_waits_for_select) {
    scripted_peer peer;
    peer.connect();
    const auto before = peer.start(peer.client().noop());
    const auto select = peer.start(peer.client().select("INBOX"));
    const auto after = peer.start(peer.client().noop());
    const std::string a = peer.expect("NOOP");
    BOOST_TEST(peer.silent());
    peer.serve(a + " OK done\r\n");
    const std::string b = peer.expect("SELECT INBOX");
    BOOST_TEST(peer.silent());
    peer.serve("* 1 EXISTS\r\n" + b + " OK done\r\n");
    const std::string c = peer.expect("NOOP");
    peer.serve(c + " OK done\r\n");
    BOOST_TEST(before->done);
    BOOST_TEST(select->done);
    BOOST_TEST(after->done);
}

BOOST_AUTO_TEST_CASE(numbers_wait_for_what_may_expunge_and_uids_do_not) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto noop = peer.start(peer.client().noop());
    const auto by_uid = peer.start(inbox.fetch(uid_set(7), items::flags));
    const auto by_number = peer.start(inbox.fetch(sequence_set(1), items::flags));
    const auto behind = peer.start(peer.client().noop());
    const std::string a = peer.expect("NOOP");
    const std::string b = peer.expect("UID FETCH 7 (FLAGS)");
    BOOST_TEST(peer.silent()); // and nothing overtakes the one that waits
    peer.serve(a + " OK done\r\n");
    BOOST_TEST(peer.silent());
    peer.serve(b + " OK done\r\n");
    peer.expect("FETCH 1 (FLAGS)");
    peer.expect("NOOP");
    BOOST_TEST(noop->done);
}

BOOST_AUTO_TEST_CASE(numbers_that_moved_while_they_waited_are_not_sent) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto noop = peer.start(peer.client().noop());
    const auto store = peer.start(inbox.add_flags(sequence_set(2), flags::deleted));
    const std::string tag = peer.expect("NOOP");
    peer.serve("* 1 EXPUNGE\r\n" + tag + " OK done\r\n");
    BOOST_TEST(peer.silent());
    BOOST_TEST(store->code() == make_error_code(errc::stale_numbers));
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(numbers_overlap_where_the_server_may_not_expunge) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto fetch = peer.start(inbox.fetch(sequence_set(1), items::flags));
    const auto store = peer.start(inbox.add_flags(sequence_set(2), flags::seen));
    peer.expect("FETCH 1 (FLAGS)");
    peer.expect("STORE 2 +FLAGS (\\Seen)");
}

BOOST_AUTO_TEST_CASE(status_of_the_same_mailbox_waits_for_the_first) {
    scripted_peer peer;
    peer.connect();
    const auto first = peer.start(peer.client().status("Drafts", status::messages));
    const auto second = peer.start(peer.client().status("Drafts", status::unseen));
    const std::string a = peer.expect("STATUS Drafts (MESSAGES)");
    BOOST_TEST(peer.silent());
    peer.serve("* STATUS Drafts (MESSAGES 5)\r\n" + a + " OK done\r\n");
    const std::string b = peer.expect("STATUS Drafts (UNSEEN)");
    peer.serve("* STATUS Drafts (UNSEEN 3)\r\n" + b + " OK done\r\n");
    BOOST_REQUIRE(first->value && second->value);
    BOOST_TEST(first->value->messages.value() == 5u);
    BOOST_TEST(!first->value->unseen.has_value());
    BOOST_TEST(second->value->unseen.value() == 3u);
}

BOOST_AUTO_TEST_CASE(fetches_of_other_messages_overlap_and_each_gets_its_own) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    const auto first = peer.start(inbox.fetch(uid_set(1), items::size));
    const auto second = peer.start(inbox.fetch(uid_set(2), items::size));
    const auto third = peer.start(inbox.fetch(uid_set(1), items::size));
    const std::string a = peer.expect("UID FETCH 1 (RFC822.SIZE)");
    const std::string b = peer.expect("UID FETCH 2 (RFC822.SIZE)");
    BOOST_TEST(peer.silent()); // the third asks for the same message: its answer could not be told apart
    peer.serve("* 2 FETCH (UID 2 RFC822.SIZE 22)\r\n* 1 FETCH (UID 1 RFC822.SIZE 11)\r\n" + a + " OK\r\n" +
               b + " OK\r\n");
    BOOST_REQUIRE(first->value && second->value);
    BOOST_REQUIRE_EQUAL(first->value->size(), 1u);
    BOOST_REQUIRE_EQUAL(second->value->size(), 1u);
    BOOST_TEST(first->value->front()->size.value() == 11u);
    BOOST_TEST(second->value->front()->size.value() == 22u);
    peer.expect("UID FETCH 1 (RFC822.SIZE)");
    BOOST_TEST(!third->done);
}

BOOST_AUTO_TEST_CASE(a_literal_that_waits_holds_everything_back) {
    scripted_peer peer;
    peer.connect("* PREAUTH [CAPABILITY IMAP4rev1] no LITERAL+\r\n");
    const auto append = peer.start(peer.client().append("INBOX", std::string("Subject: x\r\n\r\n")));
    const auto noop = peer.start(peer.client().noop());
    const std::string a = peer.expect("APPEND INBOX {14}");
    BOOST_TEST(peer.silent());
    peer.serve("* OK not yet\r\n");
    BOOST_TEST(peer.silent());
    peer.serve("+ now\r\n");
    BOOST_TEST(peer.take_sent().starts_with("Subject: x\r\n\r\n\r\n"));
    peer.serve(a + " OK done\r\n");
    BOOST_TEST(append->done);
    BOOST_TEST(!noop->done);
}

BOOST_AUTO_TEST_CASE(a_cancelled_command_opens_the_way_for_those_behind_it) {
    scripted_peer peer;
    peer.connect();
    // The barrier is abandoned, which it must not notice; the one behind it is removed.
    const auto select = peer.start(peer.client().select("INBOX"));
    const std::string a = peer.expect("SELECT INBOX");
    const auto second = peer.start(peer.client().select("Drafts"));
    const auto noop = peer.start(peer.client().noop());
    select->cancel();
    second->cancel();
    peer.settle();
    BOOST_TEST(peer.silent());
    peer.serve("* 3 EXISTS\r\n" + a + " OK done\r\n");
    const std::string b = peer.expect("NOOP");
    peer.serve(b + " OK done\r\n");
    BOOST_TEST(!noop->problem);
    BOOST_TEST((peer.client().state() == session_state::selected));
    BOOST_TEST(peer.silent());
}

BOOST_AUTO_TEST_CASE(an_unknown_tag_is_reported_and_nothing_more_after_login) {
    scripted_peer peer;
    peer.connect();
    const auto noop = peer.start(peer.client().noop());
    const std::string tag = peer.expect("NOOP");
    peer.serve("A001 OK whose is this\r\n" + tag + "7 OK or this\r\n");
    BOOST_TEST(!noop->done);
    peer.serve(tag + " OK done\r\n");
    BOOST_TEST(!noop->problem);
    peer.serve(tag + " OK twice\r\n");
    BOOST_TEST(peer.events_of<events::protocol_defect>().size() == 3u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_tag_that_was_not_sent_yet_is_fatal_before_login) {
    scripted_peer peer;
    peer.connect(scripted_peer::rev1);
    const auto noop = peer.start(peer.client().noop());
    peer.expect("NOOP");
    peer.serve("A001 OK forged\r\n");
    BOOST_TEST(noop->code() == make_error_code(errc::protocol_violation));
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(a_stray_continuation_is_a_defect_and_answers_nothing) {
    scripted_peer peer;
    peer.connect();
    const auto noop = peer.start(peer.client().noop());
    const std::string tag = peer.expect("NOOP");
    peer.serve("+ go on\r\n");
    BOOST_TEST(peer.silent());
    peer.serve(tag + " OK done\r\n+ go on\r\n");
    BOOST_TEST(!noop->problem);
    BOOST_TEST(peer.events_of<events::protocol_defect>().size() == 2u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(an_answer_that_trickles_in_octet_by_octet_is_the_same_answer) {
    scripted_peer peer;
    peer.connect();
    const auto status = peer.start(peer.client().status("Drafts", status::messages));
    const std::string tag = peer.expect("STATUS Drafts (MESSAGES)");
    for (const char octet : "* STATUS {6}\r\nDrafts (MESSAGES 5)\r\n" + tag + " OK done\r\n") {
        BOOST_TEST(!status->done);
        peer.serve(std::string_view(&octet, 1));
    }
    BOOST_REQUIRE(status->done && status->value);
    BOOST_TEST(status->value->messages.value() == 5u);
}

BOOST_AUTO_TEST_CASE(commands_asked_for_in_the_turn_in_which_the_connection_fails_end_with_its_error) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    peer.link->hang_up(); // the reader does not know yet
    auto noop = peer.client().noop();
    auto fetch = inbox.fetch(uid_set(1), items::flags);
    auto stream = inbox.stream(uid_set(2), items::flags);
    const auto a = peer.start(std::move(noop));
    const auto b = peer.start(std::move(fetch));
    const auto c = peer.start(stream.next());
    const auto d = peer.start(peer.client().idle());
    BOOST_TEST(a->code() == make_error_code(errc::connection_lost));
    BOOST_TEST(b->code() == make_error_code(errc::connection_lost));
    BOOST_TEST(c->code() == make_error_code(errc::connection_lost));
    BOOST_TEST(d->code() == make_error_code(errc::connection_lost));
    BOOST_TEST(!a->details().connection_usable);
}

BOOST_AUTO_TEST_CASE(an_answer_in_the_same_segment_as_the_end_counts) {
    scripted_peer peer;
    peer.connect();
    const auto noop = peer.start(peer.client().noop());
    const auto other = peer.start(peer.client().noop());
    const std::string tag = peer.expect("NOOP");
    peer.link->to_client += tag + " OK done\r\n";
    peer.link->hang_up();
    peer.settle();
    BOOST_TEST(noop->code() == std::error_code());
    BOOST_TEST(other->code() == make_error_code(errc::connection_lost));
}

BOOST_AUTO_TEST_SUITE_END()
