#include "coimap/session/commands/fetch.hpp"

#include "coimap/session/commands/store.hpp"
#include "support/fake_context.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace coimap::commands;
using coimap::test::fake_context;

BOOST_AUTO_TEST_SUITE(fetching)

BOOST_AUTO_TEST_CASE(how_it_is_written) {
    struct row {
        message_set set;
        fetch_items items;
        fetch_options options;
        const char* text;
    };
    const row rows[] = {
        {uid_set("3,1:2"), items::uid | items::flags, fetch_options(), "UID FETCH 1:3 (UID FLAGS)"},
        {sequence_set::all(), items::envelope, fetch_options(), "FETCH 1:* (ENVELOPE)"},
        {last(3), items::size, fetch_options(), "FETCH 8:10 (RFC822.SIZE)"},
        {saved_result{}, items::flags, fetch_options(), "UID FETCH $ (FLAGS)"},
        {uid_set(1), items::modseq, fetch_options().changed_since(7),
         "UID FETCH 1 (MODSEQ) (CHANGEDSINCE 7)"},
        {uid_set(1), items::flags, fetch_options().changed_since(7).vanished(),
         "UID FETCH 1 (FLAGS) (CHANGEDSINCE 7 VANISHED)"},
        {uid_set(1), items::header_fields({"From"}), fetch_options(),
         "UID FETCH 1 (BODY.PEEK[HEADER.FIELDS (From)])"},
    };
    for (const row& each : rows) {
        fake_context context("IMAP4rev1 SEARCHRES CONDSTORE QRESYNC", "QRESYNC");
        context.with_exists(10);
        fetch_command one(each.set, each.items, each.options);
        BOOST_TEST(context.write(one) == each.text);
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_sent) {
    struct row {
        message_set set;
        fetch_items items;
        fetch_options options;
        errc error;
        const char* why;
    };
    const row rows[] = {
        {uid_set(), items::uid, fetch_options(), errc::invalid_argument, "no message"},
        {last(5), items::uid, fetch_options(), errc::invalid_argument, "the last of an empty mailbox"},
        {uid_set(1), fetch_items(), fetch_options(), errc::invalid_argument, "no item"},
        {saved_result{}, items::uid, fetch_options(), errc::not_supported, "SEARCHRES"},
        {uid_set(1), items::modseq, fetch_options(), errc::not_supported, "CONDSTORE"},
        {uid_set(1), items::uid, fetch_options().changed_since(1), errc::not_supported, "CONDSTORE"},
        {uid_set(1), fetch_items::preview, fetch_options(), errc::not_supported, "PREVIEW"},
        {uid_set(1), fetch_items::email_id, fetch_options(), errc::not_supported, "OBJECTID"},
        {uid_set(1), fetch_items::save_date, fetch_options(), errc::not_supported, "SAVEDATE"},
        {uid_set(1), items::part("1").binary(), fetch_options(), errc::not_supported, "BINARY"},
        {uid_set(1), items::uid, fetch_options().vanished(), errc::bad_state, "QRESYNC is not enabled"},
    };
    for (const row& each : rows) {
        fake_context context;
        fetch_command one(each.set, each.items, each.options);
        BOOST_TEST((context.failure(one) == each.error), each.why);
    }
}

BOOST_AUTO_TEST_CASE(which_responses_are_its_own) {
    struct row {
        message_set set;
        fetch_items items;
        const char* line;
        claim expected;
        const char* why;
    };
    const auto body = items::uid | items::message();
    const row rows[] = {
        {uid_set(7), body, "* 3 FETCH (UID 7 BODY[] {2}\r\nab)", claim::mine, "asked for"},
        {uid_set(7), body, "* 3 FETCH (UID 8 BODY[] {2}\r\nab)", claim::not_mine, "another message"},
        {uid_set(7), body, "* 3 FETCH (BODY[] {2}\r\nab)", claim::not_mine, "no UID"},
        {uid_set(7), body, "* 3 FETCH (UID 7 FLAGS (\\Seen))", claim::not_mine, "flags, unasked"},
        {uid_set(7), body, "* 3 FETCH (UID 7 MODSEQ (9))", claim::not_mine, "a mod-sequence, unasked"},
        {uid_set(7), body, "* 3 FETCH (UID 7 BODY[] {2}\r\nab FLAGS (\\Seen))", claim::mine_and_event,
         "\\Seen was set by it"},
        {uid_set(7), items::flags, "* 3 FETCH (UID 7 FLAGS (\\Seen))", claim::mine, "flags were asked for"},
        {uid_set(7), items::flags, "* 3 FETCH (FLAGS (\\Seen))", claim::not_mine, "without a UID: unasked"},
        {uid_set(7), items::uid, "* 3 FETCH (UID 7)", claim::mine, "the UID was asked for"},
        {uid_set(7), items::flags | items::size, "* 3 FETCH (UID 7 FLAGS ())", claim::not_mine,
         "no size in it"},
        {uid_set(7), items::flags | items::size, "* 3 FETCH (UID 7 RFC822.SIZE 5 FLAGS ())", claim::mine,
         "whole"},
        {uid_set::from(100), items::size, "* 10 FETCH (UID 7 RFC822.SIZE 5)", claim::mine,
         "* is the last message"},
        {uid_set::from(100), items::size, "* 9 FETCH (UID 6 RFC822.SIZE 5)", claim::not_mine,
         "not the last one"},
        {sequence_set(3), items::size, "* 3 FETCH (RFC822.SIZE 5)", claim::mine, "by number"},
        {sequence_set(3), items::size, "* 4 FETCH (RFC822.SIZE 5)", claim::not_mine, "another number"},
        {sequence_set(star), items::size, "* 10 FETCH (RFC822.SIZE 5)", claim::mine, "the last message"},
        {last(2), items::size, "* 9 FETCH (RFC822.SIZE 5)", claim::mine, "of the last two"},
        {last(2), items::size, "* 8 FETCH (RFC822.SIZE 5)", claim::not_mine, "before them"},
        {saved_result{}, items::size, "* 8 FETCH (UID 1 RFC822.SIZE 5)", claim::mine,
         "which ones, who knows"},
        {uid_set(7), fetch_items::extension("X-GM-LABELS"), "* 3 FETCH (UID 7 X-GM-LABELS (a))", claim::mine,
         "an extension"},
        {uid_set(7), fetch_items::extension("X-GM-LABELS"), "* 3 FETCH (UID 7 X-GM-MSGID 5)", claim::not_mine,
         "another extension"},
        {uid_set(7), items::size, "* 3 EXPUNGE", claim::not_mine, "no FETCH"},
        {uid_set(7), items::size, "* 3 FETCH ()", claim::not_mine, "nothing in it"},
    };
    for (const row& each : rows) {
        fake_context context("IMAP4rev1 SEARCHRES");
        context.with_exists(10);
        fetch_command one(each.set, each.items);
        context.write(one);
        BOOST_TEST(context.feed(one, each.line) == each.expected, each.why);
        BOOST_TEST(one.take_result().size() == (each.expected == claim::not_mine ? 0u : 1u));
    }
}

BOOST_AUTO_TEST_CASE(a_vanished_answer_belongs_to_who_asked_for_it) {
    fake_context context("IMAP4rev1 QRESYNC", "QRESYNC");
    fetch_command one(uid_set(1, 9), items::flags, fetch_options().changed_since(7).vanished());
    context.write(one);
    BOOST_TEST(context.feed(one, "* VANISHED (EARLIER) 3:5") == claim::mine_and_event);
    BOOST_TEST(context.feed(one, "* VANISHED 6") == claim::not_mine);
    BOOST_TEST(one.vanished().to_string() == "3:5");
}

BOOST_AUTO_TEST_CASE(an_abandoned_fetch_keeps_nothing) {
    fake_context context;
    fetch_command one(uid_set(7, 8), items::size);
    context.write(one);
    context.feed(one, "* 3 FETCH (UID 7 RFC822.SIZE 5)");
    one.on_abandoned();
    BOOST_TEST(context.feed(one, "* 4 FETCH (UID 8 RFC822.SIZE 5)") == claim::mine);
    BOOST_TEST(one.take_result().empty());
}

BOOST_AUTO_TEST_CASE(fetches_and_stores_overlap_when_they_share_no_message) {
    fake_context context;
    fetch_command first(uid_set(1, 5), items::size);
    fetch_command second(uid_set(6, 9), items::size);
    store_command third(uid_set(5), store_mode::add, flags::seen);
    for (command* each : std::initializer_list<command*>{&first, &second, &third})
        context.write(*each);
    BOOST_TEST(second.overlaps_safely(first));
    BOOST_TEST(third.overlaps_safely(second));
    BOOST_TEST(!third.overlaps_safely(first));
}

BOOST_AUTO_TEST_CASE(how_store_is_written) {
    struct row {
        store_mode mode;
        flag_set flags;
        store_options options;
        const char* text;
    };
    const row rows[] = {
        {store_mode::add, flags::seen, store_options(), "UID STORE 7 +FLAGS (\\Seen)"},
        {store_mode::remove, flags::seen | flags::junk, store_options(), "UID STORE 7 -FLAGS (\\Seen $Junk)"},
        {store_mode::replace, flag_set(), store_options().silent(), "UID STORE 7 FLAGS.SILENT ()"},
        {store_mode::add, flags::seen, store_options().silent().unchanged_since(12),
         "UID STORE 7 (UNCHANGEDSINCE 12) +FLAGS.SILENT (\\Seen)"},
    };
    for (const row& each : rows) {
        fake_context context("CONDSTORE");
        store_command one(uid_set(7), each.mode, each.flags, each.options);
        BOOST_TEST(context.write(one) == each.text);
    }
    fake_context old;
    store_command conditional(uid_set(7), store_mode::add, flags::seen, store_options().unchanged_since(1));
    BOOST_TEST((old.failure(conditional) == errc::not_supported));
    store_command nothing(uid_set(), store_mode::add, flags::seen);
    BOOST_TEST((old.failure(nothing) == errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(store_takes_flags_and_lets_others_know) {
    fake_context context("CONDSTORE");
    store_command one(uid_set(5, 9), store_mode::add, flags::seen, store_options().unchanged_since(12));
    context.write(one);
    BOOST_TEST(context.feed(one, "* 3 FETCH (UID 5 FLAGS (\\Seen))") == claim::mine_and_event);
    BOOST_TEST(context.feed(one, "* 4 FETCH (UID 6 MODSEQ (13))") == claim::mine);
    BOOST_TEST(context.feed(one, "* 5 FETCH (UID 4 FLAGS (\\Seen))") == claim::not_mine);
    BOOST_TEST(context.feed(one, "* 5 FETCH (FLAGS (\\Seen))") == claim::not_mine);
    BOOST_TEST(context.feed(one, "* 5 FETCH (UID 7 RFC822.SIZE 3 FLAGS ())") == claim::not_mine);
    context.end(one, "A1 OK [MODIFIED 7,9] Conditional STORE failed");
    const auto result = one.take_result();
    BOOST_TEST(result.updated.size() == 2u);
    BOOST_TEST(result.modified_uids().to_string() == "7,9");
    BOOST_TEST(result.modified_numbers().empty());
}

BOOST_AUTO_TEST_SUITE_END()
