// Octets on their way out: in order, whatever was taken meanwhile.

#include "coimap/session/output_buffer.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace coimap;

BOOST_AUTO_TEST_SUITE(session_output_buffer)

BOOST_AUTO_TEST_CASE(octets_leave_in_order_however_they_are_taken) {
    output_buffer buffer;
    std::string sent;
    for (int i = 0; i < 1000; ++i) {
        buffer.append("line " + std::to_string(i) + "\r\n", i % 7 == 0);
        const std::size_t count = std::min<std::size_t>(buffer.size(), static_cast<std::size_t>(i % 13));
        sent += buffer.pending().substr(0, count);
        buffer.consume(count);
    }
    sent += buffer.pending();
    buffer.consume(buffer.size());
    BOOST_TEST(buffer.empty());
    std::string all;
    for (int i = 0; i < 1000; ++i)
        all += "line " + std::to_string(i) + "\r\n";
    BOOST_TEST(sent == all);
}

BOOST_AUTO_TEST_CASE(a_secret_among_the_octets_changes_nothing_for_who_takes_them) {
    output_buffer buffer;
    buffer.append("password", true);
    buffer.append(std::string(10'000, 'x'));
    BOOST_TEST(buffer.pending().starts_with("passwordxxx"));
    buffer.consume(buffer.size());
    BOOST_TEST(buffer.empty());
    buffer.append("NOOP\r\n");
    BOOST_TEST(buffer.pending() == "NOOP\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
