#include "coimap/core/printable.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(printable)

BOOST_AUTO_TEST_CASE(what_harms_a_terminal_or_a_reader_is_escaped) {
    struct row {
        std::string_view text;
        std::string_view shown;
        const char* why;
    };
    const row rows[] = {
        {"", "", "nothing"},
        {"plain \\ text", "plain \\ text", "a backslash stays"},
        {"Gr\xc3\xbc\xc3\x9f", "Gr\xc3\xbc\xc3\x9f", "UTF-8 stays"},
        {"\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80", "four octets stay"},
        {"a\x1b[2J", "a\\x1b[2J", "ESC"},
        {"a\r\nb\t\0"sv, "a\\x0d\\x0ab\\x09\\x00", "C0"},
        {"\x7f", "\\x7f", "DEL"},
        {"\xc2\x9b", "\\x9b", "C1 in UTF-8"},
        {"\xc2\xa0", "\xc2\xa0", "the first behind C1"},
        {"\x9b", "\\x9b", "C1 as a bare octet"},
        {"\xc3", "\\xc3", "a character cut off"},
        {"\xed\xa0\x80", "\\xed\\xa0\\x80", "a surrogate"},
        {"\xc0\x9b", "\\xc0\\x9b", "ESC-like in overlong form"},
        {"\xe2\x80\xae", "\\u202e", "right-to-left override"},
        {"\xe2\x80\xaa", "\\u202a", "first of the overrides"},
        {"\xe2\x81\xa6\xe2\x81\xa9", "\\u2066\\u2069", "isolates"},
        {"\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c", "\\u200e\\u200f\\u061c", "marks"},
        {"\xe2\x80\xa8\xe2\x80\xa9", "\\u2028\\u2029", "separators"},
        {"\xef\xbb\xbf", "\\ufeff", "byte order mark"},
        {"\xe2\x80\xaf\xe2\x81\xa5", "\xe2\x80\xaf\xe2\x81\xa5", "neighbours of the above"},
    };
    for (const row& each : rows)
        BOOST_TEST(coimap::printable(each.text) == each.shown, each.why);
}

BOOST_AUTO_TEST_SUITE_END()
