#include "coimap/session/commands/search.hpp"

#include "support/fake_context.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace coimap::commands;
using coimap::test::fake_context;

BOOST_AUTO_TEST_SUITE(searching)

BOOST_AUTO_TEST_CASE(how_it_is_written) {
    struct row {
        search_key key;
        search_by by;
        search_options options;
        const char* caps;
        const char* enabled;
        const char* text;
        const char* why;
    };
    const search_key umlaut = search::subject("\xc3\xbc");
    const auto all = search_options();
    const row rows[] = {
        {search::unseen(), search_by::uid, all, "IMAP4rev1", "", "UID SEARCH UNSEEN", "plain"},
        {search::unseen(), search_by::sequence_number, all, "IMAP4rev1", "", "SEARCH UNSEEN", "by number"},
        {search::unseen(), search_by::uid, all, "ESEARCH", "", "UID SEARCH RETURN (ALL) UNSEEN", "never ()"},
        {search::unseen(), search_by::uid, all, "IMAP4rev2", "", "UID SEARCH RETURN (ALL) UNSEEN",
         "rev2 has it"},
        {search::unseen(), search_by::uid,
         search_options().returns(search_return::min | search_return::max | search_return::count), "ESEARCH",
         "", "UID SEARCH RETURN (MIN MAX COUNT) UNSEEN", "return options"},
        {search::unseen(), search_by::uid, search_options().returns(search_return::save), "ESEARCH SEARCHRES",
         "", "UID SEARCH RETURN (SAVE) UNSEEN", "saved"},
        {search::unseen(), search_by::uid, search_options().returns(search_return::count), "IMAP4rev1", "",
         "UID SEARCH UNSEEN", "computed here"},
        {umlaut, search_by::uid, all, "IMAP4rev1", "", "UID SEARCH CHARSET UTF-8 SUBJECT {2}\r\n\xc3\xbc",
         "not ASCII"},
        {umlaut, search_by::uid, all, "IMAP4rev1", "UTF8=ACCEPT", "UID SEARCH SUBJECT {2}\r\n\xc3\xbc",
         "RFC 6855 forbids CHARSET"},
        {search::messages(last(2)), search_by::uid, all, "IMAP4rev1", "", "UID SEARCH 9:10", "resolved"},
        {search::modseq(5), search_by::uid, all, "CONDSTORE", "", "UID SEARCH MODSEQ 5", "CONDSTORE"},
    };
    for (const row& each : rows) {
        fake_context context(each.caps, each.enabled);
        context.with_exists(10);
        search_command one(each.key, each.by, each.options);
        BOOST_TEST(context.write(one) == each.text, each.why);
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_sent) {
    fake_context context;
    search_command save(search::seen(), search_by::uid, search_options().returns(search_return::save));
    BOOST_TEST((context.failure(save) == errc::not_supported));
    search_command modseq(search::modseq(5));
    BOOST_TEST((context.failure(modseq) == errc::not_supported));
    search_command empty(search::messages(uid_set()));
    BOOST_TEST((context.failure(empty) == errc::invalid_argument));
    search_command charset(search::seen(), search_by::uid, search_options().charset("X\0Y"));
    BOOST_TEST(!context.failure(charset)); // up to the NUL it is a name

    search_command injected(search::text("a\"\r\nX1 XPWNED")); // inject:search
    BOOST_TEST(context.write(injected) == "UID SEARCH TEXT {13}\r\na\"\r\nX1 XPWNED");
    BOOST_TEST(context.sync_points == 1u);
}

BOOST_AUTO_TEST_CASE(plain_answers_are_summed_up) {
    fake_context context;
    search_command one(search::seen());
    context.write(one);
    BOOST_TEST(context.feed(one, "* SEARCH 2 84 3 (MODSEQ 917162500)") == claim::mine);
    BOOST_TEST(context.feed(one, "* SEARCH 85") == claim::mine);
    BOOST_TEST(context.feed(one, "* 5 EXISTS") == claim::not_mine);
    context.end(one);
    const auto found = one.take_result();
    BOOST_TEST(found.uids().to_string() == "2:3,84:85");
    BOOST_TEST(found.sequence_numbers().empty());
    BOOST_TEST(found.min.value() == 2u);
    BOOST_TEST(found.max.value() == 85u);
    BOOST_TEST(found.count.value() == 4u);
    BOOST_TEST(found.modseq.value() == 917162500u);

    search_command none(search::seen());
    context.write(none);
    context.feed(none, "* SEARCH");
    context.end(none);
    const auto nothing = none.take_result();
    BOOST_TEST(nothing.numbers.empty());
    BOOST_TEST(nothing.count.value() == 0u);
    BOOST_TEST(!nothing.min.has_value());
}

BOOST_AUTO_TEST_CASE(esearch_is_known_by_its_tag) {
    struct row {
        const char* line;
        claim expected;
        const char* why;
    };
    const row rows[] = {
        {"* ESEARCH (TAG \"A1\") UID ALL 2,10:11", claim::mine, "its own"},
        {"* ESEARCH (TAG \"A2\") UID ALL 2,10:11", claim::not_mine, "another command's"},
        {"* ESEARCH UID ALL 2,10:11", claim::mine, "without a tag"},
        {"* ESEARCH ALL 2,10:11", claim::not_mine, "without a tag, and with numbers of another kind"},
        {"* SEARCH 2 10 11", claim::mine, "Cyrus 2.4.16 answers so"},
    };
    for (const row& each : rows) {
        fake_context context("ESEARCH");
        search_command one(search::seen());
        context.write(one);
        BOOST_TEST(context.feed(one, each.line) == each.expected, each.why);
        context.end(one);
        BOOST_TEST(one.take_result().numbers.to_string() == (each.expected == claim::mine ? "2,10:11" : ""));
    }
}

BOOST_AUTO_TEST_CASE(esearch_without_numbers) {
    fake_context context("ESEARCH");
    search_command one(search::seen(), search_by::sequence_number,
                       search_options().returns(search_return::min | search_return::count));
    context.write(one);
    context.feed(one, "* ESEARCH (TAG \"A1\") MIN 4 COUNT 1234567");
    context.end(one);
    const auto found = one.take_result();
    BOOST_TEST(found.min.value() == 4u);
    BOOST_TEST(!found.max.has_value());
    BOOST_TEST(found.count.value() == 1234567u);
    BOOST_TEST(found.numbers.empty());

    search_command nothing(search::seen());
    context.write(nothing);
    context.feed(nothing, "* ESEARCH (TAG \"A1\") UID");
    context.end(nothing);
    BOOST_TEST(nothing.take_result().count.value() == 0u);
}

BOOST_AUTO_TEST_CASE(only_tagged_searches_overlap) {
    fake_context extended("ESEARCH");
    fake_context plain;
    search_command a(search::seen());
    search_command b(search::seen());
    extended.write(a);
    extended.write(b);
    BOOST_TEST(b.overlaps_safely(a));
    search_command c(search::seen());
    plain.write(c);
    BOOST_TEST(!c.overlaps_safely(a));
    BOOST_TEST(!b.overlaps_safely(c));
}

BOOST_AUTO_TEST_SUITE_END()
