#include "coimap/sasl/xoauth2.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using sasl::credentials;

BOOST_AUTO_TEST_SUITE(sasl_xoauth2)

credentials with(std::string user, secret token) {
    return credentials(std::move(user), secret()).token(std::move(token));
}

BOOST_AUTO_TEST_CASE(the_vendors_example) {
    sasl::xoauth2 mechanism(with("someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg"));
    BOOST_TEST(mechanism.name() == "XOAUTH2");
    BOOST_TEST(mechanism.client_first());
    BOOST_TEST(mechanism.sends_password_in_clear());
    BOOST_TEST(!mechanism.may_finish());
    BOOST_TEST(*mechanism.initial() == "user=someuser@example.com\x01"
                                       "auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\x01\x01");
    BOOST_TEST(mechanism.may_finish());
    BOOST_TEST((mechanism.initial().error() == errc::bad_state));
}

BOOST_AUTO_TEST_CASE(the_servers_reason_is_kept_and_answered_by_nothing) {
    sasl::xoauth2 mechanism(with("u", "t"));
    BOOST_TEST(mechanism.initial().has_value());
    const auto answer = mechanism.respond(R"({"status":"401","schemes":"bearer"})");
    BOOST_TEST_REQUIRE(answer.has_value());
    BOOST_TEST(answer->empty());
    BOOST_TEST(mechanism.failure_detail() == R"({"status":"401","schemes":"bearer"})");
    BOOST_TEST(!mechanism.may_finish(), "an OK behind an error is a lie");
    BOOST_TEST((mechanism.respond("").error() == errc::bad_challenge), "one error is enough");
}

BOOST_AUTO_TEST_CASE(fields_cannot_be_smuggled_in) {
    struct row {
        credentials who;
        const char* why;
    };
    const row rows[] = {
        {with("", "t"), "no user"},
        {with("u", ""), "no token"},
        {with("u\x01host=evil", "t"), "a field within the user"},
        {with("u", "t\x01host=evil"), "a field within the token"},
        {with("u", "t t"), "a space within the token"},
        {with("u", "t\n"), "a line end read from a file with the token"},
        {with("u", "t\xc3\xa9"), "a token beyond ASCII"},
    };
    for (const row& each : rows) {
        sasl::xoauth2 mechanism(each.who);
        BOOST_TEST((mechanism.initial().error() == errc::invalid_argument), each.why);
        BOOST_TEST(!mechanism.may_finish(), each.why);
        BOOST_TEST((mechanism.respond("").error() == errc::bad_challenge), each.why);
    }
}

BOOST_AUTO_TEST_SUITE_END()
