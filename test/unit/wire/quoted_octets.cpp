// The fast way through a quoted string finds what the slow one finds.

#include "coimap/wire/quoted_octets.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace coimap::wire;

BOOST_AUTO_TEST_SUITE(wire_quoted_octets)

BOOST_AUTO_TEST_CASE(every_octet_at_every_place_ends_the_row_or_does_not) {
    for (std::size_t length = 0; length < 40; ++length) {
        for (std::size_t place = 0; place < length; ++place) {
            for (int octet = 0; octet < 256; ++octet) {
                std::string text(length, 'x');
                text[place] = static_cast<char>(octet);
                const bool passes = octet >= 0x20 && octet < 0x7f && octet != '"' && octet != '\\';
                const char* const begin = text.data();
                const auto found =
                    static_cast<std::size_t>(skip_quoted_octets(begin, begin + length) - begin);
                if (found != (passes ? length : place))
                    BOOST_ERROR("octet " << octet << " at " << place << " of " << length);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(nothing_behind_the_end_is_looked_at) {
    const std::string text(64, 'x');
    for (std::size_t length = 0; length < 64; ++length) {
        const std::string ends = text.substr(0, length) + '"' + text;
        BOOST_TEST((skip_quoted_octets(ends.data(), ends.data() + length) == ends.data() + length));
    }
}

BOOST_AUTO_TEST_SUITE_END()
