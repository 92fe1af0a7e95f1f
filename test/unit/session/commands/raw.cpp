#include "coimap/session/commands/raw.hpp"

#include "support/fake_context.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace coimap::commands;
using namespace std::string_literals;
using coimap::test::fake_context;

BOOST_AUTO_TEST_SUITE(raw_lines)

BOOST_AUTO_TEST_CASE(a_line_is_one_command_or_nothing) {
    fake_context context;
    raw_command legal("UID FETCH 1:* (FLAGS)");
    BOOST_TEST(context.write(legal) == "UID FETCH 1:* (FLAGS)");
    BOOST_TEST(legal.name() == "UID");

    struct row {
        std::string line;
        errc error;
        const char* why;
    };
    const row rows[] = {
        {"", errc::invalid_argument, "nothing"},
        {" NOOP", errc::invalid_argument, "a space in front"},
        {"NOOP\r\nX1 XPWNED", errc::invalid_argument, "a second command"},
        {"NOOP\nX1 XPWNED", errc::invalid_argument, "with LF only"},
        {"NOOP\0"s, errc::invalid_argument, "NUL"},
        {"SEARCH SUBJECT {0}", errc::invalid_argument, "the next command would be the literal's rest"},
        {"SEARCH SUBJECT {0+}", errc::invalid_argument, "the same"},
        {"SEARCH SUBJECT ~{5}", errc::invalid_argument, "the same"},
        {"SELECT INBOX", errc::bad_state, "changes the state"},
        {"starttls", errc::bad_state, "changes the stream"},
        {"LOGIN a b", errc::bad_state, "the password would be traced"},
        {"IDLE", errc::bad_state, "the next line would be no command"},
    };
    for (const row& each : rows) {
        raw_command one(each.line);
        BOOST_TEST((context.failure(one) == each.error), each.why);
    }
}

BOOST_AUTO_TEST_CASE(every_response_is_kept) {
    fake_context context;
    raw_command one("XYZZY");
    context.write(one);
    BOOST_TEST(context.feed(one, "* XYZZY nothing happens") == claim::mine);
    BOOST_TEST(context.feed(one, "* LIST () \"/\" a") == claim::mine);
    BOOST_TEST(context.feed(one, "* 3 EXISTS") == claim::mine_and_event);
    BOOST_TEST(context.feed(one, "* OK [ALERT] x") == claim::mine_and_event);
    const auto kept = one.take_result();
    BOOST_TEST_REQUIRE(kept.size() == 4u);
    BOOST_TEST(kept[0]->bytes == "* XYZZY nothing happens\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
