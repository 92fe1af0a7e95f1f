#include "coimap/model/mailbox_name.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(mailbox_names)

BOOST_AUTO_TEST_CASE(names_are_encoded_for_the_wire) {
    struct row {
        std::string_view name;
        std::string_view utf7;
        const char* why;
    };
    const row rows[] = {
        {"Sent", "Sent", "ASCII stays"},
        {"inbox", "INBOX", "INBOX in any case is INBOX"},
        {"Inbox/x", "Inbox/x", "but not as a part of a name"},
        {"A&B", "A&-B", "an ampersand is escaped"},
        {"Entw\xc3\xbcrfe", "Entw&APw-rfe", "modified UTF-7"},
        {"", "", "the empty reference of LIST"},
    };
    for (const row& each : rows)
        BOOST_TEST(mailbox_name(each.name).encode(false).value() == each.utf7, each.why);
    BOOST_TEST(mailbox_name("Entw\xc3\xbcrfe").encode(true).value() == "Entw\xc3\xbcrfe");
    BOOST_TEST(mailbox_name("A&B").encode(true).value() == "A&B");
}

BOOST_AUTO_TEST_CASE(names_that_could_do_harm_are_refused) {
    const std::string_view names[] = {
        "INBOX\r\nX1 XPWNED"sv, "INBOX\nX1 XPWNED"sv, "INBOX\0x"sv, "a\x7f", "a\tb", "\x1b[31m", "\xff",
        "\xed\xa0\x80"};
    for (const std::string_view name : names)
        for (const bool utf8 : {false, true})
            BOOST_TEST((mailbox_name(name).encode(utf8).error() == errc::invalid_argument));
    // What a server sent is sent back as it was, but not this (mbsync was attacked so).
    BOOST_TEST((mailbox_name::from_wire("a\r\nX1 XPWNED").encode(false).error() == errc::invalid_argument));
    BOOST_TEST(mailbox_name::from_wire("Entw\xfcrfe&").encode(false).value() == "Entw\xfcrfe&");
}

BOOST_AUTO_TEST_CASE(inbox_is_one_name) {
    BOOST_TEST((mailbox_name("iNbOx") == mailbox_name::from_wire("INBOX")));
    BOOST_TEST(mailbox_name::from_wire("inbox").is_inbox());
    BOOST_TEST((mailbox_name("a") != mailbox_name("A")));
}

BOOST_AUTO_TEST_SUITE_END()
