#include "coimap/sasl/external.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace std::string_view_literals;
using sasl::credentials;

BOOST_AUTO_TEST_SUITE(sasl_external)

BOOST_AUTO_TEST_CASE(the_identity_is_all_that_is_sent) {
    for (const std::string identity : {"", "fred@example.com"}) {
        sasl::external mechanism(credentials("ignored", "ignored").authorization_id(identity));
        BOOST_TEST(mechanism.name() == "EXTERNAL");
        BOOST_TEST(mechanism.client_first());
        BOOST_TEST(!mechanism.sends_password_in_clear());
        BOOST_TEST(!mechanism.may_finish());
        BOOST_TEST(*mechanism.initial() == identity);
        BOOST_TEST(mechanism.may_finish());
        BOOST_TEST((mechanism.initial().error() == errc::bad_state));
        BOOST_TEST((mechanism.respond("").error() == errc::bad_challenge));
        BOOST_TEST(!mechanism.may_finish());
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_identity_is_refused) {
    for (const std::string_view identity : {"a\0b"sv, "a\nb"sv, "a\x7f"sv, "\xff"sv, "caf\xc3"sv}) {
        sasl::external mechanism(credentials().authorization_id(std::string(identity)));
        BOOST_TEST((mechanism.initial().error() == errc::invalid_argument));
        BOOST_TEST(!mechanism.may_finish());
    }
}

BOOST_AUTO_TEST_SUITE_END()
