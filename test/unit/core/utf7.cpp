#include "coimap/core/utf7.hpp"

#include <boost/test/unit_test.hpp>

using coimap::decode_utf7;
using coimap::encode_utf7;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(utf7)

BOOST_AUTO_TEST_CASE(names_go_both_ways) {
    struct row {
        std::string_view name;
        std::string_view wire;
        const char* why;
    };
    const row rows[] = {
        {"", "", "the empty name"},
        {"INBOX", "INBOX", "ASCII"},
        {"a & b", "a &- b", "an ampersand"},
        {"&&", "&-&-", "two ampersands"},
        {" ~+,-", " ~+,-", "what other encodings would treat"},
        {"~peter/mail/\xe5\x8f\xb0\xe5\x8c\x97/\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
         "~peter/mail/&U,BTFw-/&ZeVnLIqe-", "the RFC's example"},
        {"\xe5\x8f\xb0\xe5\x8c\x97\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", "&U,BTF2XlZyyKng-",
         "the RFC's example without superfluous shift"},
        {"\xe2\x98\xba!", "&Jjo-!", "the RFC's example of a shift to ASCII"},
        {"Entw\xc3\xbcrfe", "Entw&APw-rfe", "a German server"},
        {"\xc3\xa9&", "&AOk-&-", "an ampersand behind a shift"},
        {"\xf0\x9f\x98\x80", "&2D3eAA-", "a surrogate pair"},
        {"x\xf0\x9f\x98\x80\xc3\xa9y", "x&2D3eAADp-y", "a surrogate pair and more"},
        {"\xf4\x8f\xbf\xbf", "&2,,f,w-", "the last code point"},
        {"a\tb", "a&AAk-b", "a control character"},
        {"\x7f", "&AH8-", "DEL"},
    };
    for (const row& each : rows) {
        const auto wire = encode_utf7(each.name);
        BOOST_TEST_REQUIRE(wire.has_value(), each.why);
        BOOST_TEST(*wire == each.wire, each.why);
        const auto name = decode_utf7(each.wire);
        BOOST_TEST_REQUIRE(name.has_value(), each.why);
        BOOST_TEST(*name == each.name, each.why);
    }
}

BOOST_AUTO_TEST_CASE(every_character_of_the_basic_plane_goes_both_ways) {
    std::size_t wrong = 0;
    for (unsigned c = 0x80; c < 0xd800; ++c) {
        std::string name = "x";
        if (c < 0x800) {
            name += static_cast<char>(0xc0 | (c >> 6));
        } else {
            name += static_cast<char>(0xe0 | (c >> 12));
            name += static_cast<char>(0x80 | ((c >> 6) & 63));
        }
        name += static_cast<char>(0x80 | (c & 63));
        const auto wire = encode_utf7(name);
        if (!wire || decode_utf7(*wire).value_or("") != name)
            ++wrong;
    }
    BOOST_TEST(wrong == 0u);
}

BOOST_AUTO_TEST_CASE(names_that_are_not_utf8_are_refused) {
    BOOST_TEST((encode_utf7("a\xff").error() == coimap::errc::bad_utf8));
    BOOST_TEST((encode_utf7("\xed\xa0\x80").error() == coimap::errc::bad_utf8));
}

BOOST_AUTO_TEST_CASE(what_has_another_spelling_is_refused) {
    struct row {
        std::string_view wire;
        const char* why;
    };
    const row rows[] = {
        {"&", "nothing behind the shift"},
        {"a&", "nothing behind the shift, at the end"},
        {"&AOk", "a shift that does not end"},
        {"&Jjo!", "the RFC's example: a character outside of the alphabet"},
        {"&AO/-", "the alphabet of base64 proper"},
        {"&AOk=-", "padding"},
        {"&A-", "one digit"},
        {"&AOkA-", "leftover bits of a character"},
        {"&AOl-", "pad bits that are not zero"},
        {"&AGE-", "a letter in encoded form"},
        {"&ACY-", "an ampersand in encoded form"},
        {"&AOkAYQ-", "a letter among others in encoded form"},
        {"&U,BTFw-&ZeVnLIqe-", "the RFC's example of a superfluous shift"},
        {"&2D0-", "a high surrogate alone"},
        {"&3gA-", "a low surrogate alone"},
        {"&3gDYPQ-", "surrogates in the wrong order"},
        {"&2D3YPQ-", "two high surrogates"},
        {"&2D0AYQ-", "a high surrogate and a letter"},
        {"a\x80", "an octet beyond ASCII"},
        {"Entw\xc3\xbcrfe", "UTF-8"},
        {"a\0b"sv, "a NUL"},
        {"a\r\nb", "line ends"},
        {"&A\0k-"sv, "a NUL within a shift"},
    };
    for (const row& each : rows)
        BOOST_TEST((decode_utf7(each.wire).error() == coimap::errc::bad_utf7), each.why);
}

BOOST_AUTO_TEST_SUITE_END()
