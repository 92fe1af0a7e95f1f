#include "coimap/core/number.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(number)

BOOST_AUTO_TEST_CASE(digits_become_their_value) {
    struct row {
        std::string_view text;
        std::optional<std::uint64_t> value;
        const char* why;
    };
    const row rows[] = {
        {"0", 0, "zero"},
        {"42", 42, "a number"},
        {"007", 7, "leading zeros"},
        {"000000000000000000000000000000001", 1, "more zeros than any number has digits"},
        {"4294967296", 4294967296, "beyond 32 bits"},
        {"18446744073709551615", 18446744073709551615u, "the largest"},
        {"18446744073709551616", std::nullopt, "one more than the largest"},
        {"18446744073709551620", std::nullopt, "wraps at the multiplication"},
        {"99999999999999999999", std::nullopt, "twenty digits, too large"},
        {"100000000000000000000", std::nullopt, "twenty-one digits"},
        {"", std::nullopt, "nothing"},
        {"-1", std::nullopt, "a sign"},
        {"+1", std::nullopt, "a sign"},
        {" 1", std::nullopt, "a space before"},
        {"1 ", std::nullopt, "a space behind"},
        {"1a", std::nullopt, "a letter"},
        {"0x10", std::nullopt, "hexadecimal"},
        {std::string_view("1\0", 2), std::nullopt, "a NUL"},
    };
    for (const row& each : rows)
        BOOST_TEST((coimap::parse_number(each.text) == each.value), each.why);
}

BOOST_AUTO_TEST_CASE(a_number_is_appended_in_decimal) {
    std::string text = "UID ";
    coimap::append_number(text, 0);
    text += ' ';
    coimap::append_number(text, 18446744073709551615u);
    BOOST_TEST(text == "UID 0 18446744073709551615");
}

BOOST_AUTO_TEST_SUITE_END()
