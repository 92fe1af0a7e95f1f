#include "coimap/core/base64.hpp"

#include <boost/test/unit_test.hpp>

using coimap::decode_base64;
using coimap::encode_base64;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(base64)

BOOST_AUTO_TEST_CASE(vectors_of_rfc_4648_go_both_ways) {
    struct row {
        std::string_view octets;
        std::string_view text;
    };
    const row rows[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xff\xff\xff\xfb\xf0\0"sv, "////+/AA"},
    };
    for (const row& each : rows) {
        BOOST_TEST(encode_base64(each.octets) == each.text);
        const auto octets = decode_base64(each.text);
        BOOST_TEST_REQUIRE(octets.has_value());
        BOOST_TEST(*octets == each.octets);
    }
}

BOOST_AUTO_TEST_CASE(every_octet_at_every_place_survives) {
    for (int octet = 0; octet < 256; ++octet)
        for (std::size_t place = 0; place < 5; ++place) {
            std::string octets(5, 'x');
            octets[place] = static_cast<char>(octet);
            for (std::size_t size = place + 1; size <= 5; ++size)
                BOOST_TEST(*decode_base64(encode_base64(octets.substr(0, size))) == octets.substr(0, size));
        }
}

BOOST_AUTO_TEST_CASE(what_is_not_canonical_is_refused) {
    struct row {
        std::string_view text;
        const char* why;
    };
    const row rows[] = {
        {"Z", "one digit is no octet"},
        {"Zg", "padding is missing"},
        {"Zg=", "half of the padding is missing"},
        {"Zm9v=", "padding without need"},
        {"Zm9v====", "a group of padding"},
        {"====", "nothing but padding"},
        {"Z===", "three pads"},
        {"Zg==Zg==", "padding in the middle"},
        {"Z=g=", "padding between digits"},
        {"Zm 9v===", "a space"},
        {"Zm9v\r\n\r\n", "line ends"},
        {"Zm9-", "the alphabet of URLs"},
        {"Zm9,", "the alphabet of mailbox names"},
        {"Zm9\0"sv, "a NUL"},
        {"Zm9\xc3", "an octet beyond ASCII"},
        {"Zh==", "pad bits that are not zero"},
        {"Zm9=", "pad bits that are not zero, two octets"},
    };
    for (const row& each : rows)
        BOOST_TEST((decode_base64(each.text).error() == coimap::errc::bad_base64), each.why);
}

BOOST_AUTO_TEST_SUITE_END()
