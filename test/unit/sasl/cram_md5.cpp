#include "coimap/sasl/cram_md5.hpp"

#include "coimap/net/openssl_crypto.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace std::string_view_literals;
using sasl::credentials;

BOOST_AUTO_TEST_SUITE(sasl_cram_md5)

const sasl::crypto& crypto = openssl_crypto();

BOOST_AUTO_TEST_CASE(example_of_rfc_2195) {
    sasl::cram_md5 mechanism(credentials("tim", "tanstaaftanstaaf"), crypto);
    BOOST_TEST(mechanism.name() == "CRAM-MD5");
    BOOST_TEST(!mechanism.client_first());
    BOOST_TEST(!mechanism.sends_password_in_clear());
    BOOST_TEST((mechanism.initial().error() == errc::bad_state));
    BOOST_TEST(!mechanism.may_finish());
    BOOST_TEST(*mechanism.respond("<1896.697170952@postoffice.reston.mci.net>") ==
               "tim b913a602c7eda7a495b4e6e7334d3890");
    BOOST_TEST(mechanism.may_finish());
    BOOST_TEST((mechanism.respond("<again>").error() == errc::bad_challenge));
    BOOST_TEST(!mechanism.may_finish());
}

BOOST_AUTO_TEST_CASE(an_empty_challenge_is_no_challenge) {
    sasl::cram_md5 mechanism(credentials("tim", "secret"), crypto);
    BOOST_TEST((mechanism.respond("").error() == errc::bad_challenge));
    BOOST_TEST((mechanism.respond("<late>").error() == errc::bad_challenge));
}

BOOST_AUTO_TEST_CASE(credentials_that_cannot_be_sent_are_refused) {
    for (const credentials& who :
         {credentials("", "p"), credentials("u\r\nv", "p"), credentials("u", "p\0q"sv)}) {
        sasl::cram_md5 mechanism(who, crypto);
        BOOST_TEST((mechanism.respond("<challenge>").error() == errc::invalid_argument));
        BOOST_TEST(!mechanism.may_finish());
    }
}

BOOST_AUTO_TEST_SUITE_END()
