#include "coimap/sasl/anonymous.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using sasl::credentials;

BOOST_AUTO_TEST_SUITE(sasl_anonymous)

BOOST_AUTO_TEST_CASE(trace_information_is_checked) {
    std::string long_umlauts;
    for (int i = 0; i < 255; ++i)
        long_umlauts += "\xc3\xbc";
    struct row {
        std::string trace;
        std::error_code code;
        const char* why;
    };
    const row rows[] = {
        {"", {}, "none"},
        {"sirhc", {}, "the RFC's example"},
        {long_umlauts, {}, "255 characters in more octets"},
        {long_umlauts + "x", errc::invalid_argument, "256 characters"},
        {"a\r\nb", errc::invalid_argument, "control characters"},
        {"\xff", errc::bad_utf8, "not UTF-8"},
    };
    for (const row& each : rows) {
        sasl::anonymous mechanism(credentials(each.trace, secret()));
        BOOST_TEST(mechanism.name() == "ANONYMOUS");
        const auto message = mechanism.initial();
        BOOST_TEST((message.error() == each.code), each.why);
        BOOST_TEST(mechanism.may_finish() == message.has_value(), each.why);
        if (message)
            BOOST_TEST(*message == each.trace, each.why);
        BOOST_TEST((mechanism.respond("").error() == errc::bad_challenge));
        BOOST_TEST(!mechanism.may_finish());
    }
}

BOOST_AUTO_TEST_SUITE_END()
