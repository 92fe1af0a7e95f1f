#include "coimap/session/commands/list.hpp"

#include "coimap/session/commands/lsub.hpp"
#include "coimap/session/commands/status.hpp"
#include "support/fake_context.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace coimap::commands;
using coimap::test::fake_context;

BOOST_AUTO_TEST_SUITE(listing)

BOOST_AUTO_TEST_CASE(how_list_is_written) {
    struct row {
        std::vector<std::string> patterns;
        list_options options;
        const char* caps;
        const char* text;
    };
    const row rows[] = {
        {{"*"}, list_options(), "IMAP4rev1", "LIST \"\" *"},
        {{""}, list_options(), "IMAP4rev1", "LIST \"\" \"\""},
        {{"INBOX", "a b/%"}, list_options(), "LIST-EXTENDED", "LIST \"\" (INBOX \"a b/%\")"},
        {{"*"},
         list_options().subscribed().recursive_match(),
         "IMAP4rev2",
         "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" *"},
        {{"*"}, list_options().special_use(), "SPECIAL-USE", "LIST (SPECIAL-USE) \"\" *"},
        {{"%"},
         list_options().return_children().return_subscribed(),
         "LIST-EXTENDED",
         "LIST \"\" % RETURN (SUBSCRIBED CHILDREN)"},
        {{"%"},
         list_options().return_status(status::messages | status::unseen),
         "LIST-STATUS",
         "LIST \"\" % RETURN (STATUS (MESSAGES UNSEEN))"},
    };
    for (const row& each : rows) {
        fake_context context(each.caps);
        list_command one("", each.patterns, each.options);
        BOOST_TEST(context.write(one) == each.text);
    }
}

BOOST_AUTO_TEST_CASE(what_list_does_not_send) {
    struct row {
        std::vector<std::string> patterns;
        list_options options;
        const char* caps;
        errc error;
        const char* why;
    };
    const row rows[] = {
        {{}, list_options(), "IMAP4rev2", errc::invalid_argument, "no pattern"},
        {{"a", "b"}, list_options(), "IMAP4rev1", errc::not_supported, "several patterns"},
        {{"*"}, list_options().subscribed(), "IMAP4rev1", errc::not_supported, "a selection"},
        {{"*"}, list_options().return_children(), "IMAP4rev1", errc::not_supported, "a return option"},
        {{"*"}, list_options().recursive_match(), "IMAP4rev2", errc::invalid_argument, "nothing to apply to"},
        {{"*"},
         list_options().recursive_match().remote(),
         "IMAP4rev2",
         errc::invalid_argument,
         "REMOTE alone"},
        {{"*"},
         list_options().special_use(),
         "IMAP4rev2",
         errc::not_supported,
         "SPECIAL-USE is a capability of its own"},
        {{"*"},
         list_options().return_status(status::highest_modseq),
         "LIST-STATUS",
         errc::not_supported,
         "an item"},
        {{"*\r\nX1 XPWNED"}, list_options(), "IMAP4rev1", errc::invalid_argument, "a second command"},
    };
    for (const row& each : rows) {
        fake_context context(each.caps);
        list_command one("", each.patterns, each.options);
        BOOST_TEST((context.failure(one) == each.error), each.why);
    }
}

BOOST_AUTO_TEST_CASE(entries_own_what_was_told_and_their_status) {
    fake_context context("IMAP4rev1 LIST-STATUS LIST-EXTENDED");
    list_command one("", "*", list_options().return_status(status::messages));
    context.write(one);
    BOOST_TEST(context.feed(one, "* LIST (\\HasNoChildren) \"/\" inbox") == claim::mine);
    BOOST_TEST(context.feed(one, "* STATUS INBOX (MESSAGES 17)") == claim::mine);
    BOOST_TEST(context.feed(one, "* LIST (\\NoSelect) NIL Entw&APw-rfe (CHILDINFO (SUBSCRIBED))") ==
               claim::mine);
    BOOST_TEST(context.feed(one, "* LIST () \"/\" b") == claim::mine);
    BOOST_TEST(context.feed(one, "* STATUS Entw&APw-rfe (MESSAGES 2)") == claim::mine); // late
    BOOST_TEST(context.feed(one, "* STATUS other (MESSAGES 2)") == claim::not_mine);
    BOOST_TEST(context.feed(one, "* 3 EXISTS") == claim::not_mine);
    const auto entries = one.take_result();
    BOOST_TEST_REQUIRE(entries.size() == 3u);
    BOOST_TEST(entries[0].name.is_inbox());
    BOOST_TEST(entries[0].status->messages.value() == 17u);
    BOOST_TEST(entries[0].selectable());
    BOOST_TEST(entries[1].name.text() == "Entw\xc3\xbcrfe");
    BOOST_TEST(!entries[1].delimiter.has_value());
    BOOST_TEST(!entries[1].selectable());
    BOOST_TEST(entries[1].child_info.front() == "SUBSCRIBED");
    BOOST_TEST(entries[1].status->messages.value() == 2u);
    BOOST_TEST(!entries[2].status.has_value());
}

BOOST_AUTO_TEST_CASE(a_name_that_is_no_utf7_is_sent_back_as_it_came) {
    fake_context context;
    list_command one("", "*");
    context.write(one);
    context.feed(one, "* LIST () \"/\" \"A&B\"");
    const auto entries = one.take_result();
    BOOST_TEST_REQUIRE(entries.size() == 1u);
    BOOST_TEST(entries[0].name.encode(false).value() == "A&B");
}

BOOST_AUTO_TEST_CASE(an_abandoned_list_still_claims_its_answer) {
    fake_context context;
    list_command one("", "*");
    context.write(one);
    context.feed(one, "* LIST () \"/\" a");
    one.on_abandoned();
    BOOST_TEST(context.feed(one, "* LIST () \"/\" b") == claim::mine);
    BOOST_TEST(one.take_result().empty());
}

BOOST_AUTO_TEST_CASE(lsub_where_it_exists) {
    fake_context old;
    lsub_command one("", "*");
    BOOST_TEST(old.write(one) == "LSUB \"\" *");
    BOOST_TEST(old.feed(one, "* LSUB () \".\" a.b") == claim::mine);
    BOOST_TEST(one.take_result().front().delimiter.value() == '.');
    fake_context rev2("IMAP4rev2");
    lsub_command other("", "*");
    BOOST_TEST(rev2.write(other) == "LIST (SUBSCRIBED) \"\" *");
    BOOST_TEST(rev2.feed(other, "* LIST (\\Subscribed) \"/\" a") == claim::mine);
    BOOST_TEST(other.take_result().front().has("\\subscribed"));
}

BOOST_AUTO_TEST_CASE(status_takes_the_answers_about_its_mailbox) {
    fake_context context("IMAP4rev1 CONDSTORE OBJECTID APPENDLIMIT=5");
    status_command one("inbox",
                       status::messages | status::highest_modseq | status::append_limit | status::mailbox_id);
    BOOST_TEST(context.write(one) == "STATUS INBOX (MESSAGES HIGHESTMODSEQ APPENDLIMIT MAILBOXID)");
    BOOST_TEST(context.feed(one, "* STATUS other (MESSAGES 1)") == claim::not_mine);
    BOOST_TEST(context.feed(one, "* STATUS \"Inbox\" (MESSAGES 3 MAILBOXID (abc))") == claim::mine);
    BOOST_TEST(context.feed(one, "* STATUS INBOX (HIGHESTMODSEQ 7)") == claim::mine);
    const auto values = one.take_result();
    BOOST_TEST(values.messages.value() == 3u);
    BOOST_TEST(values.mailbox_id.value() == "abc");
    BOOST_TEST(values.highest_modseq.value() == 7u);
    BOOST_TEST(!values.unseen.has_value());

    struct row {
        status_items items;
        const char* caps;
        errc error;
    };
    const row rows[] = {
        {status_items(), "IMAP4rev1", errc::invalid_argument},
        {status::size, "IMAP4rev1", errc::not_supported},
        {status::deleted, "IMAP4rev1", errc::not_supported},
        {status::recent, "IMAP4rev2", errc::not_supported},
        {status::append_limit, "IMAP4rev2", errc::not_supported},
        {status::mailbox_id, "IMAP4rev2", errc::not_supported},
        {status::deleted_storage, "QUOTA", errc::not_supported},
    };
    for (const row& each : rows) {
        fake_context other(each.caps);
        status_command refused("a", each.items);
        BOOST_TEST((other.failure(refused) == each.error));
    }
}

BOOST_AUTO_TEST_CASE(who_may_overlap_in_the_family_of_mailboxes) {
    fake_context context("IMAP4rev2");
    list_command plain("", "*");
    list_command with_status("", "*", list_options().return_status(status::messages));
    lsub_command lsub("", "*");
    status_command a("a", status::messages);
    status_command b("b", status::messages);
    status_command inbox("INBOX", status::messages);
    status_command same("inbox", status::messages);
    for (command* each : std::initializer_list<command*>{&plain, &with_status, &lsub, &a, &b, &inbox, &same})
        context.write(*each);
    BOOST_TEST(b.overlaps_safely(a));
    BOOST_TEST(!same.overlaps_safely(inbox));
    BOOST_TEST(a.overlaps_safely(plain));
    BOOST_TEST(!a.overlaps_safely(with_status));
    BOOST_TEST(plain.overlaps_safely(a));
    BOOST_TEST(!with_status.overlaps_safely(a));
    BOOST_TEST(!plain.overlaps_safely(lsub));
    BOOST_TEST(lsub.overlaps_safely(a));
}

BOOST_AUTO_TEST_SUITE_END()
