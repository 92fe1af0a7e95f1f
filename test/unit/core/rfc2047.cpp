#include "coimap/core/rfc2047.hpp"

#include "coimap/core/utf8.hpp"

#include <boost/test/unit_test.hpp>

using coimap::decode_words;

BOOST_AUTO_TEST_SUITE(rfc2047)

BOOST_AUTO_TEST_CASE(words_are_decoded_and_the_rest_stays) {
    struct row {
        std::string_view value;
        std::string_view text;
        const char* why;
    };
    const row rows[] = {
        {"", "", "nothing"},
        {"no words = at all ?", "no words = at all ?", "plain text"},
        // RFC 2047 section 8.
        {"=?ISO-8859-1?Q?a?=", "a", "one word"},
        {"=?ISO-8859-1?Q?a?= b", "a b", "a word and text"},
        {"=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab", "space between words is dropped"},
        {"=?ISO-8859-1?Q?a?=  \r\n  =?ISO-8859-1?Q?b?=", "ab", "and so is folding"},
        {"=?ISO-8859-1?Q?a_b?=", "a b", "an underscore is a space"},
        {"=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a =?ISO-8859-2?Q?_b?=",
         "space before a word that stays verbatim stays, too"},
        {"=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore <moore@cs.utk.edu>", "an address"},
        {"=?ISO-8859-1?Q?Andr=E9?= Pirard", "Andr\xc3\xa9 Pirard", "Latin-1"},
        {"=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=", "If you can read this yo", "B"},
        {"=?iso-8859-1?b?R3L832U=?=",
         "Gr\xc3\xbc\xc3\x9f"
         "e",
         "names in any case"},
        {"=?utf-8*en-us?Q?fine?=", "fine", "RFC 2231 language"},
        {"=?iso-8859-15?Q?=A4?=", "\xe2\x82\xac", "the euro of Latin-9"},
        {"=?windows-1252?Q?=80=93x=94?=", "\xe2\x82\xac\xe2\x80\x9cx\xe2\x80\x9d", "Windows"},
        {"=?iso-8859-1?Q?=93x=94?=", "\xe2\x80\x9cx\xe2\x80\x9d", "Latin-1 that means Windows"},
        {"=?us-ascii?Q?caf=C3=A9?=", "caf\xc3\xa9", "ASCII that means UTF-8"},
        {"=?us-ascii?Q?caf=E9?=", "caf\xc3\xa9", "ASCII that means Windows"},
        {"=?utf-8?Q?\?=", "", "an empty word"},
        {"a=?utf-8?Q?b?=c", "abc", "words that touch text"},
        {"=?utf-8?Q?a?==?utf-8?Q?b?=", "ab", "words that touch each other"},
        {"\"=?utf-8?Q?a?=\"", "\"a\"", "a word in quotes"},
        {"=?utf-8?Q?a b\tc?=", "a b\tc", "spaces within Q"},
        {"=?utf-8?Q?50%=xx=4?=", "50%=xx=4", "a = without its digits"},
        {"=?utf-8?Q?a=?=", "a=", "a = at the end"},
        {"=?utf-8?Q?a?b?=", "a?b", "a question mark within Q"},
        {"=?utf-8?Q?=e2=82=ac?=", "\xe2\x82\xac", "small hexadecimal"},
        {"=?utf-8?B?4oKs?=", "\xe2\x82\xac", "B without need of padding"},
        {"=?utf-8?B?w6k?=", "\xc3\xa9", "B without padding"},
        {"=?utf-8?B?w6 k=?=", "\xc3\xa9", "B with a space"},
        {"=?utf-8?B?4oI=?= =?utf-8?B?rA==?=", "\xe2\x82\xac", "a character split over words"},
        {"=?utf-8?B?4oI=?= =?UTF-8*de?Q?=AC?=", "\xe2\x82\xac", "split over words of different encoding"},
        {"=?utf-8?Q?=E2=82?= x =?utf-8?Q?=AC?=", "\xef\xbf\xbd\xef\xbf\xbd x \xef\xbf\xbd",
         "but not over text"},
        {"=?utf-8?Q?a?= =?iso-8859-1?Q?=E9?= =?utf-8?Q?b?=",
         "a\xc3\xa9"
         "b",
         "charsets in a row"},
        {"=?utf-8?Q?a?= x", "a x", "space between word and text stays"},
        {"=?utf-8?Q?=FF?=", "\xef\xbf\xbd", "a lie about UTF-8"},
        {"=?x-unknown?Q?a=41?= b", "=?x-unknown?Q?a=41?= b", "an unknown charset"},
        {"=?x-unknown?Q?a?= =?x-unknown?Q?b?=", "=?x-unknown?Q?a?= =?x-unknown?Q?b?=",
         "unknown, with its space"},
        {"=?x-unknown?Q?a?= =?utf-8?Q?b?=", "=?x-unknown?Q?a?= b", "unknown before known"},
    };
    for (const row& each : rows)
        BOOST_TEST(decode_words(each.value) == each.text, each.why);
}

BOOST_AUTO_TEST_CASE(broken_words_stay_verbatim) {
    const std::string_view rows[] = {
        "=?",
        "=?\?=",
        "=??Q?a?=",
        "=?utf-8",
        "=?utf-8?",
        "=?utf-8?Q",
        "=?utf-8?Q?",
        "=?utf-8?Q?a",
        "=?utf-8?Q?a?",
        "=?utf-8?X?a?=",
        "=?utf-8?QQ?a?=",
        "=?utf 8?Q?a?=",
        "=?utf-8?B?a?=",      // one digit is no octet
        "=?utf-8?B?a!bc?=",   // foreign characters
        "=?utf-8?B?YQ==YQ?=", // padding in the middle
        "=?utf-8?Q?a? =",
    };
    for (const std::string_view each : rows)
        BOOST_TEST(decode_words(each) == each);
    BOOST_TEST(decode_words("=?utf-8?Q?broken =?utf-8?Q?good?=") == "=?utf-8?Q?broken good");
    BOOST_TEST(decode_words("=?utf-8?Q?a?= =?utf-8?B?!?= =?utf-8?Q?b?=") == "a =?utf-8?B?!?= b");
}

BOOST_AUTO_TEST_CASE(raw_octets_are_read_as_utf8_or_else_as_latin1) {
    BOOST_TEST(decode_words("Gr\xc3\xbc\xc3\x9f"
                            "e") == "Gr\xc3\xbc\xc3\x9f"
                                    "e");
    BOOST_TEST(decode_words("Gr\xfc\xdf"
                            "e =?utf-8?Q?x?=") == "Gr\xc3\xbc\xc3\x9f"
                                                  "e x");
    BOOST_TEST(decode_words("=?utf-8\xff?Q?x?=") == "=?utf-8\xc3\xbf?Q?x?=");
}

std::string shout(std::string_view charset, std::string_view octets, bool& ok) {
    ok = charset == "x-loud";
    return std::string(octets) + "!\xff";
}

BOOST_AUTO_TEST_CASE(a_converter_serves_other_charsets_and_is_not_trusted) {
    BOOST_TEST(decode_words("=?x-loud?Q?a?= =?x-loud*en?Q?b?=", shout) == "ab!\xef\xbf\xbd");
    BOOST_TEST(decode_words("=?x-soft?Q?a?=", shout) == "=?x-soft?Q?a?=");
    BOOST_TEST(decode_words("=?utf-8?Q?a?=", shout) == "a", "what is built in is not asked for");
}

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}

// Quadratic time would take minutes here.
BOOST_AUTO_TEST_CASE(hostile_values_take_linear_time) {
    const std::string_view pieces[] = {"=?",
                                       "=?utf-8?Q?",
                                       "=?utf-8?B?AAAA",
                                       "=?utf-8?B?!?=",
                                       "=?utf-8?Q?a?= ",
                                       "=?x?Q?a?= ",
                                       "=?x?Q?a?= =?y?Q?a?= ",
                                       "=?utf-8?Q?a?= =?utf-8?B?!?=",
                                       "=?=?=?",
                                       "?=",
                                       " "};
    for (const std::string_view each : pieces) {
        const std::string value = repeated(each, 2'000'000 / each.size());
        BOOST_TEST(coimap::is_utf8(decode_words(value)));
        BOOST_TEST(coimap::is_utf8(decode_words(value + "?=")));
        BOOST_TEST(coimap::is_utf8(decode_words("=?utf-8?Q?a?=" + value)));
    }
}

BOOST_AUTO_TEST_SUITE_END()
