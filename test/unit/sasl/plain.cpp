#include "coimap/sasl/plain.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace std::string_literals;
using namespace std::string_view_literals;
using sasl::credentials;

BOOST_AUTO_TEST_SUITE(sasl_plain)

BOOST_AUTO_TEST_CASE(examples_of_rfc_4616) {
    sasl::plain first(credentials("tim", "tanstaaftanstaaf"));
    BOOST_TEST(first.name() == "PLAIN");
    BOOST_TEST(first.client_first());
    BOOST_TEST(first.sends_password_in_clear());
    BOOST_TEST(!first.may_finish(), "nothing was sent yet");
    BOOST_TEST(*first.initial() == "\0tim\0tanstaaftanstaaf"sv);
    BOOST_TEST(first.may_finish());

    sasl::plain second(credentials("Kurt", "xipj3plmq").authorization_id("Ursel"));
    BOOST_TEST(*second.initial() == "Ursel\0Kurt\0xipj3plmq"sv);
}

BOOST_AUTO_TEST_CASE(what_would_shift_the_fields_is_refused) {
    struct row {
        credentials who;
        const char* why;
    };
    const row rows[] = {
        {credentials("", "p"), "no user"},
        {credentials("u", ""), "no password"},
        {credentials("u\0v"s, "p"), "NUL in the user"},
        {credentials("u", "p\0q"sv), "NUL in the password"},
        {credentials("u", "p").authorization_id("a\0b"s), "NUL in the authorization identity"},
        {credentials("u", "p").authorization_id("a\x01"
                                                "b"),
         "a control character in it"},
        {credentials("u", "p").authorization_id("caf\xe9"), "no UTF-8"},
    };
    for (const row& each : rows) {
        sasl::plain tried(each.who);
        BOOST_TEST((tried.initial().error() == errc::invalid_argument), each.why);
        BOOST_TEST(!tried.may_finish(), each.why);
    }
}

BOOST_AUTO_TEST_CASE(there_is_one_message_only) {
    sasl::plain mechanism(credentials("u", "p"));
    BOOST_TEST(mechanism.initial().has_value());
    BOOST_TEST((mechanism.initial().error() == errc::bad_state));
    BOOST_TEST((mechanism.respond("").error() == errc::bad_challenge));
    BOOST_TEST(!mechanism.may_finish());
}

BOOST_AUTO_TEST_SUITE_END()
