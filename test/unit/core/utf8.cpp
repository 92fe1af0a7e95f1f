#include "coimap/core/utf8.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

using namespace coimap;

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(only_the_shortest_form_of_scalar_values_is_valid) {
    struct row {
        std::string_view text;
        bool valid;
        const char* why;
    };
    const row rows[] = {
        {"", true, "nothing"},
        {"ascii, longer than a word", true, "ASCII"},
        {"eight...\xc3\xa9"
         "eight...x",
         true, "beyond ASCII between words"},
        {"eight..\xff", false, "bad octet as the last of a word"},
        {"eight...\xff", false, "bad octet behind a word"},
        {"\xc2\x80\xdf\xbf", true, "ends of two octets"},
        {"\xe0\xa0\x80\xef\xbf\xbf", true, "ends of three octets"},
        {"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", true, "ends of four octets"},
        {"\xc0\x80", false, "overlong NUL"},
        {"\xc1\xbf", false, "overlong, two"},
        {"\xe0\x9f\xbf", false, "overlong, three"},
        {"\xf0\x8f\xbf\xbf", false, "overlong, four"},
        {"\xed\x9f\xbf\xee\x80\x80", true, "around the surrogates"},
        {"\xed\xa0\x80", false, "first surrogate"},
        {"\xed\xbf\xbf", false, "last surrogate"},
        {"\xf4\x90\x80\x80", false, "above U+10FFFF"},
        {"\xf5\x80\x80\x80", false, "a lead that no character has"},
        {"\x80", false, "continuation alone"},
        {"\xc3", false, "cut off after one"},
        {"\xe2\x82", false, "cut off after two"},
        {"\xf0\x9f\x98", false, "cut off after three"},
        {"\xc3(", false, "no continuation"},
    };
    for (const row& each : rows)
        BOOST_TEST(is_utf8(each.text) == each.valid, each.why);
}

BOOST_AUTO_TEST_CASE(a_bad_octet_costs_one_step) {
    const std::string_view text = "a\xe2\x82z\xe2\x82\xac";
    std::vector<char32_t> seen;
    for (const char* next = text.data(); next != text.data() + text.size();)
        seen.push_back(decode_utf8(next, text.data() + text.size()));
    const std::vector<char32_t> expected = {'a', invalid_utf8, invalid_utf8, 'z', 0x20ac};
    BOOST_TEST((seen == expected));
}

BOOST_AUTO_TEST_CASE(every_scalar_value_goes_both_ways) {
    std::size_t wrong = 0;
    for (char32_t c = 0; c <= 0x10ffff; ++c) {
        if (c == 0xd800)
            c = 0xe000;
        std::string text;
        append_utf8(text, c);
        const char* next = text.data();
        if (decode_utf8(next, text.data() + text.size()) != c || next != text.data() + text.size())
            ++wrong;
    }
    BOOST_TEST(wrong == 0u);
}

BOOST_AUTO_TEST_CASE(what_is_no_scalar_value_is_written_as_the_replacement_character) {
    for (const char32_t c : {char32_t{0xd800}, char32_t{0xdfff}, char32_t{0x110000}, invalid_utf8}) {
        std::string text;
        append_utf8(text, c);
        BOOST_TEST(text == "\xef\xbf\xbd");
    }
}

BOOST_AUTO_TEST_SUITE_END()
