#include "coimap/session/commands/select.hpp"

#include "coimap/session/commands/examine.hpp"
#include "support/fake_context.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace coimap::commands;
using coimap::test::fake_context;

BOOST_AUTO_TEST_SUITE(selecting)

BOOST_AUTO_TEST_CASE(how_it_is_written) {
    fake_context context("IMAP4rev1 QRESYNC");
    select_command plain("inbox");
    BOOST_TEST(context.write(plain) == "SELECT INBOX");
    examine_command examine("a b", select_options().condstore());
    BOOST_TEST(context.write(examine) == "EXAMINE \"a b\" (CONDSTORE)");
    BOOST_TEST(examine.name() == "EXAMINE");
    fake_context old;
    BOOST_TEST((old.failure(examine) == errc::not_supported));
    select_command injected("INBOX\r\nX1 XPWNED");
    BOOST_TEST((context.failure(injected) == errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(what_has_changed_is_asked_once_qresync_is_enabled) {
    select_command one("INBOX", select_options().changed_since(67890007, 20050715194045000));
    fake_context too_early("IMAP4rev1 QRESYNC");
    BOOST_TEST((too_early.failure(one) == errc::bad_state));
    fake_context context("IMAP4rev1 QRESYNC", "QRESYNC");
    BOOST_TEST(context.write(one) == "SELECT INBOX (QRESYNC (67890007 20050715194045000))");
    select_command some("INBOX", select_options().changed_since(1, 2, uid_set("41:211,214:541")));
    BOOST_TEST(context.write(some) == "SELECT INBOX (QRESYNC (1 2 41:211,214:541))");
    for (const auto& wrong : {select_options().changed_since(0, 2), select_options().changed_since(1, 0),
                              select_options().changed_since(1, 2, uid_set::all())}) {
        select_command refused("INBOX", wrong);
        BOOST_TEST((context.failure(refused) == errc::invalid_argument));
    }

    for (const char* line :
         {"* VANISHED (EARLIER) 41,43:116", "* 49 FETCH (UID 117 FLAGS (\\Seen) MODSEQ (9))"})
        BOOST_TEST(context.feed(one, line) == claim::mine, line);
    BOOST_TEST(context.feed(one, "* VANISHED 42") == claim::not_mine);
    context.end(one);
    const auto result = one.take_result();
    BOOST_TEST(result.vanished.to_string() == "41,43:116");
    BOOST_REQUIRE(result.changed.size() == 1U);
    BOOST_TEST(result.changed[0].uid == 117U);
    BOOST_TEST(result.changed[0].modseq == 9U);
}

BOOST_AUTO_TEST_CASE(everything_the_server_tells_is_in_the_result) {
    fake_context context;
    select_command one("INBOX");
    context.write(one);
    for (const char* line :
         {"* 172 EXISTS", "* 1 RECENT", "* OK [UNSEEN 12] Message 12 is first unseen",
          "* OK [UIDVALIDITY 3857529045] UIDs valid", "* OK [UIDNEXT 4392] Predicted next UID",
          "* FLAGS (\\Answered \\Seen $Junk)", "* OK [PERMANENTFLAGS (\\Deleted \\Seen \\*)] Limited",
          "* OK [HIGHESTMODSEQ 715194045007]"})
        BOOST_TEST(context.feed(one, line) == claim::mine, line);
    BOOST_TEST(context.feed(one, "* OK Still here") == claim::not_mine);
    BOOST_TEST(context.feed(one, "* NO [ALERT] full") == claim::not_mine);
    BOOST_TEST(!context.end(one, "A1 OK [READ-WRITE] SELECT completed"));
    const auto result = one.take_result();
    BOOST_TEST(result.exists == 172u);
    BOOST_TEST(result.recent == 1u);
    BOOST_TEST(result.unseen == 12u);
    BOOST_TEST(result.uid_validity == 3857529045u);
    BOOST_TEST(result.uid_next == 4392u);
    BOOST_TEST(result.highest_modseq == 715194045007u);
    BOOST_TEST(result.flags.size() == 3u);
    BOOST_TEST(result.permanent_flags.back() == "\\*");
    BOOST_TEST(!result.read_only);
}

BOOST_AUTO_TEST_CASE(without_permanent_flags_all_are_permanent) {
    fake_context context;
    select_command one("INBOX");
    context.write(one);
    context.feed(one, "* FLAGS (\\Answered \\Seen)");
    context.end(one);
    BOOST_TEST(one.take_result().permanent_flags.size() == 2u);

    select_command none("INBOX");
    context.feed(none, "* FLAGS (\\Answered \\Seen)");
    context.feed(none, "* OK [PERMANENTFLAGS ()] nothing");
    context.end(none);
    BOOST_TEST(none.take_result().permanent_flags.empty());
}

BOOST_AUTO_TEST_CASE(read_only_is_told_or_follows_from_examine) {
    fake_context context;
    select_command select("a");
    context.write(select);
    context.end(select, "A1 OK [READ-ONLY] done");
    BOOST_TEST(select.take_result().read_only);
    examine_command examine("a");
    context.write(examine);
    context.end(examine, "A1 OK done");
    BOOST_TEST(examine.take_result().read_only);
}

BOOST_AUTO_TEST_CASE(what_came_before_closed_was_about_the_old_mailbox) {
    fake_context context;
    select_command one("a");
    context.write(one);
    context.feed(one, "* 99 EXISTS");
    BOOST_TEST(context.feed(one, "* OK [CLOSED] previous mailbox closed") == claim::mine);
    context.feed(one, "* OK [NOMODSEQ] none");
    context.end(one);
    const auto result = one.take_result();
    BOOST_TEST(result.exists == 0u);
    BOOST_TEST(result.no_modseq);
}

BOOST_AUTO_TEST_SUITE_END()
