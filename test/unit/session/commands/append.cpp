#include "coimap/session/commands/append.hpp"

#include "support/fake_context.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace coimap::commands;
using namespace std::string_literals;
using coimap::test::fake_context;

BOOST_AUTO_TEST_SUITE(appending)

BOOST_AUTO_TEST_CASE(how_it_is_written) {
    fake_context context;
    append_command plain("Sent", "ab");
    BOOST_TEST(context.write(plain) == "APPEND Sent {2}\r\nab");
    BOOST_TEST(context.sync_points == 1u);
    append_command full(
        "a b", "x\r\n",
        append_options().flags(flags::seen | flags::draft).date(date_time{1994, 2, 7, 21, 52, 25, -480}));
    BOOST_TEST(context.write(full) ==
               "APPEND \"a b\" (\\Seen \\Draft) \"07-Feb-1994 21:52:25 -0800\" {3}\r\nx\r\n");
    append_stream_command streamed("Sent", 1000);
    BOOST_TEST(context.write(streamed) == "APPEND Sent {1000}\r\n");
}

BOOST_AUTO_TEST_CASE(what_is_not_sent) {
    fake_context limited("IMAP4rev1 APPENDLIMIT=5");
    append_command large("Sent", "123456");
    BOOST_TEST((limited.failure(large) == errc::message_too_large));
    append_stream_command large_stream("Sent", 6);
    BOOST_TEST((limited.failure(large_stream) == errc::message_too_large));
    append_command fits("Sent", "12345");
    BOOST_TEST(!limited.failure(fits));

    fake_context context;
    append_command empty("Sent", "");
    BOOST_TEST((context.failure(empty) == errc::invalid_argument));
    append_command with_nul("Sent", "a\0b"s);
    BOOST_TEST((context.failure(with_nul) == errc::invalid_argument));
    append_command injected("S\r\nX1 XPWNED", "a");
    BOOST_TEST((context.failure(injected) == errc::invalid_argument));
    fake_context binary;
    binary.writer_options.binary = true;
    append_command allowed("Sent", "a\0b"s);
    BOOST_TEST(binary.write(allowed) == "APPEND Sent ~{3}\r\na\0b"s);
}

BOOST_AUTO_TEST_CASE(where_the_message_is) {
    fake_context context;
    append_command one("Sent", "a");
    context.end(one, "A1 OK [APPENDUID 38505 3955] APPEND completed");
    const auto where = one.take_result();
    BOOST_TEST_REQUIRE(where.has_value());
    BOOST_TEST(where->uid_validity == 38505u);
    BOOST_TEST(where->uids.to_string() == "3955");

    append_command silent("Sent", "a");
    context.end(silent, "A1 OK done");
    BOOST_TEST(!silent.take_result().has_value());
    append_command foreign("Sent", "a"); // a code that nobody asked for
    context.end(foreign, "A1 OK [COPYUID 1 2 3] done");
    BOOST_TEST(!foreign.take_result().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
