#include "coimap/sasl/saslprep.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(sasl_saslprep)

BOOST_AUTO_TEST_CASE(text_is_mapped_and_checked) {
    struct row {
        std::string_view text;
        std::string_view prepared;
        std::error_code code;
        const char* why;
    };
    const row rows[] = {
        // RFC 4013 section 3, those rows that need no normalization.
        {"I\xc2\xadX", "IX", {}, "soft hyphen mapped to nothing"},
        {"user", "user", {}, "no transformation"},
        {"USER", "USER", {}, "case preserved"},
        {"\x07", "", errc::invalid_argument, "prohibited character"},
        {"", "", {}, "nothing"},
        {"pass word", "pass word", {}, "ASCII space"},
        {"a\xc2\xa0"
         "b\xe3\x80\x80"
         "c",
         "a b c",
         {},
         "spaces beyond ASCII"},
        {"a\xe2\x80\x8b"
         "b",
         "a b",
         {},
         "zero width space is among the spaces"},
        {"a\xe2\x80\x8d\xef\xb8\x8f\xef\xbb\xbf"
         "b",
         "ab",
         {},
         "joiner, variation selector, byte order mark"},
        {"\xc3\xa9\xf0\x9f\x98\x80", "\xc3\xa9\xf0\x9f\x98\x80", {}, "letters beyond ASCII"},
        {"a\0b"sv, "", errc::invalid_argument, "NUL"},
        {"a\x7f", "", errc::invalid_argument, "DEL"},
        {"a\xc2\x85", "", errc::invalid_argument, "C1"},
        {"a\xee\x80\x80", "", errc::invalid_argument, "private use"},
        {"a\xef\xb7\x90", "", errc::invalid_argument, "no character"},
        {"a\xf0\x9f\xbf\xbf", "", errc::invalid_argument, "no character, last of a plane"},
        {"a\xef\xbf\xbd", "", errc::invalid_argument, "replacement character"},
        {"a\xe2\x80\xae", "", errc::invalid_argument, "changes display"},
        {"a\xf3\xa0\x80\x81", "", errc::invalid_argument, "language tag"},
        {"a\xff", "", errc::bad_utf8, "not UTF-8"},
    };
    for (const row& each : rows) {
        const auto prepared = sasl::saslprep(each.text);
        BOOST_TEST((prepared.error() == each.code), each.why);
        if (prepared)
            BOOST_TEST(*prepared == each.prepared, each.why);
    }
}

BOOST_AUTO_TEST_SUITE_END()
