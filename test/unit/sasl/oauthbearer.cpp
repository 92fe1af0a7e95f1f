#include "coimap/sasl/oauthbearer.hpp"

#include "coimap/core/base64.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using sasl::credentials;

BOOST_AUTO_TEST_SUITE(sasl_oauthbearer)

BOOST_AUTO_TEST_CASE(example_of_rfc_7628) {
    const credentials who = credentials("user@example.com", secret())
                                .token("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==")
                                .host("server.example.com")
                                .port(143);
    sasl::oauthbearer mechanism(who);
    BOOST_TEST(mechanism.name() == "OAUTHBEARER");
    BOOST_TEST(mechanism.client_first());
    BOOST_TEST(mechanism.sends_password_in_clear());
    BOOST_TEST(encode_base64(*mechanism.initial()) ==
               "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyI"
               "HZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB");
    BOOST_TEST(mechanism.may_finish());
}

BOOST_AUTO_TEST_CASE(parts_that_are_not_known_are_left_out) {
    struct row {
        credentials who;
        std::string_view message;
        const char* why;
    };
    const row rows[] = {
        {credentials().token("t"),
         "n,,\x01"
         "auth=Bearer t\x01\x01",
         "the token says who it is"},
        {credentials("u", secret()).token("t"),
         "n,a=u,\x01"
         "auth=Bearer t\x01\x01",
         "a user"},
        {credentials("u", secret()).token("t").authorization_id("a"),
         "n,a=a,\x01"
         "auth=Bearer t\x01\x01",
         "another identity goes before the user"},
        {credentials("a,b=c", secret()).token("t"),
         "n,a=a=2Cb=3Dc,\x01"
         "auth=Bearer t\x01\x01",
         "escaped"},
    };
    for (const row& each : rows) {
        sasl::oauthbearer mechanism(each.who);
        BOOST_TEST(*mechanism.initial() == each.message, each.why);
    }
}

BOOST_AUTO_TEST_CASE(the_servers_reason_is_kept_and_answered_as_the_rfc_says) {
    sasl::oauthbearer mechanism(credentials("u", secret()).token("t"));
    BOOST_TEST(mechanism.initial().has_value());
    BOOST_TEST(*mechanism.respond(R"({"status":"invalid_token"})") == "\x01");
    BOOST_TEST(mechanism.failure_detail() == R"({"status":"invalid_token"})");
    BOOST_TEST(!mechanism.may_finish());
    BOOST_TEST((mechanism.respond("").error() == errc::bad_challenge));
}

BOOST_AUTO_TEST_CASE(fields_cannot_be_smuggled_in) {
    for (const credentials& who :
         {credentials("u", secret()), credentials("u\x01", secret()).token("t"),
          credentials("u", secret()).token("t\x01"), credentials("u", secret()).token("t").host("h\x01"),
          credentials("u", secret()).token("t").authorization_id("a\x01")}) {
        sasl::oauthbearer mechanism(who);
        BOOST_TEST((mechanism.initial().error() == errc::invalid_argument));
        BOOST_TEST(!mechanism.may_finish());
    }
}

BOOST_AUTO_TEST_SUITE_END()
