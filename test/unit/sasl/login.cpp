#include "coimap/sasl/login.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace std::string_view_literals;
using sasl::credentials;

BOOST_AUTO_TEST_SUITE(sasl_login)

BOOST_AUTO_TEST_CASE(user_and_password_answer_two_challenges_however_they_are_worded) {
    for (const auto& [first, second] :
         {std::pair{"Username:"sv, "Password:"sv}, {"User Name\0"sv, "Password\0"sv}, {""sv, ""sv}}) {
        sasl::login mechanism(credentials("tim", "secret"));
        BOOST_TEST(mechanism.name() == "LOGIN");
        BOOST_TEST(!mechanism.client_first());
        BOOST_TEST(mechanism.sends_password_in_clear());
        BOOST_TEST((mechanism.initial().error() == errc::bad_state));
        BOOST_TEST(*mechanism.respond(first) == "tim");
        BOOST_TEST(!mechanism.may_finish(), "the password was not asked for yet");
        BOOST_TEST(*mechanism.respond(second) == "secret");
        BOOST_TEST(mechanism.may_finish());
        BOOST_TEST((mechanism.respond("Again:").error() == errc::bad_challenge));
        BOOST_TEST(!mechanism.may_finish());
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_sent_is_refused_before_anything_is) {
    for (const credentials& who : {credentials("", "p"), credentials("u", ""), credentials("u", "p\0q"sv),
                                   credentials(std::string("u\0v"sv), "p")}) {
        sasl::login mechanism(who);
        BOOST_TEST((mechanism.respond("Username:").error() == errc::invalid_argument));
        BOOST_TEST((mechanism.respond("Password:").error() == errc::bad_challenge));
    }
}

BOOST_AUTO_TEST_SUITE_END()
