#include "coimap/sasl/ranking.hpp"

#include "coimap/sasl/plain.hpp"

#include "coimap/net/openssl_crypto.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using sasl::credentials;
using sasl::policy;

BOOST_AUTO_TEST_SUITE(sasl_ranking)

const sasl::crypto& crypto = openssl_crypto();

policy password() {
    return policy(credentials("u", "p")).cleartext_password_allowed(true);
}
policy token() {
    return policy(credentials("u", secret()).token("t")).cleartext_password_allowed(true);
}

BOOST_AUTO_TEST_CASE(the_strongest_that_is_possible_and_allowed_is_chosen) {
    using names = std::vector<std::string_view>;
    const names all = {"ANONYMOUS",
                       "LOGIN",
                       "PLAIN",
                       "CRAM-MD5",
                       "XOAUTH2",
                       "OAUTHBEARER",
                       "SCRAM-SHA-1",
                       "EXTERNAL",
                       "SCRAM-SHA-256",
                       "SCRAM-SHA-512",
                       "SCRAM-SHA-1-PLUS",
                       "SCRAM-SHA-256-PLUS",
                       "GSSAPI",
                       "SCRAM-SHA-512-PLUS"};
    const names gmail = {"XOAUTH2", "PLAIN", "PLAIN-CLIENTTOKEN", "OAUTHBEARER"};
    struct row {
        names offered;
        policy rules;
        std::string_view name; // empty where there is none
        errc code;
        const char* why;
    };
    const row rows[] = {
        {all, password(), "SCRAM-SHA-512", {}, "no binding, no PLUS"},
        {all, password().channel_binding(true), "SCRAM-SHA-512-PLUS", {}, "with binding"},
        {all, password().external(true), "EXTERNAL", {}, "a certificate goes first"},
        {all, token(), "OAUTHBEARER", {}, "a token only"},
        {all,
         token().password(true),
         "SCRAM-SHA-512",
         {},
         "a password that does not travel before a token that does"},
        {gmail, token(), "OAUTHBEARER", {}, "the standard before its predecessor"},
        {gmail, password(), "PLAIN", {}, "an application password"},
        {{"XOAUTH2"}, token(), "XOAUTH2", {}, "the predecessor alone"},
        {{"scram-sha-1-plus", "scram-sha-1"}, password(), "SCRAM-SHA-1", {}, "names in small letters"},
        {{"SCRAM-SHA-1-PLUS", "SCRAM-SHA-512"},
         password().channel_binding(true),
         "SCRAM-SHA-1-PLUS",
         {},
         "binding counts more than the digest"},
        {{"LOGIN", "PLAIN", "CRAM-MD5"}, password(), "CRAM-MD5", {}, "what shows no password goes first"},
        {{"LOGIN", "PLAIN"}, password(), "PLAIN", {}, "PLAIN before LOGIN"},
        {{"LOGIN"}, password(), "LOGIN", {}, "LOGIN where nothing else is"},
        {{"PLAIN", "LOGIN", "CRAM-MD5"},
         password().cleartext_password_allowed(false),
         "",
         errc::cleartext_refused,
         "who reads CRAM-MD5 guesses the password"},
        {{"PLAIN", "SCRAM-SHA-1", "CRAM-MD5"},
         password().cleartext_password_allowed(false),
         "SCRAM-SHA-1",
         {},
         "without TLS"},
        {{"PLAIN", "LOGIN"},
         password().cleartext_password_allowed(false),
         "",
         errc::cleartext_refused,
         "without TLS nothing is left"},
        {{"XOAUTH2"},
         token().cleartext_password_allowed(false),
         "",
         errc::cleartext_refused,
         "a token is as good as a password"},
        {{"PLAIN"},
         token().cleartext_password_allowed(false),
         "",
         errc::no_mechanism,
         "TLS would not help who has no password"},
        {{}, password(), "", errc::no_mechanism, "a server without any"},
        {{"GSSAPI", "NTLM"}, password(), "", errc::no_mechanism, "none that this side has"},
        {all, policy().cleartext_password_allowed(true), "", errc::no_mechanism, "no credentials"},
        {{"ANONYMOUS"}, password(), "", errc::no_mechanism, "nobody becomes anonymous unasked"},
        {all, policy().exact("anonymous"), "ANONYMOUS", {}, "but may ask"},
        {all, password().exact("PLAIN"), "PLAIN", {}, "asked for by name"},
        {all, password().exact("PLAIN").cleartext_password_allowed(false), "", errc::cleartext_refused,
         "asked for by name without TLS"},
        {all, password().exact("XOAUTH2"), "", errc::no_mechanism, "asked for without its credentials"},
        {all, password().exact("SCRAM-SHA-1-PLUS"), "", errc::no_mechanism, "asked for without binding"},
        {{"PLAIN"}, password().exact("LOGIN"), "", errc::no_mechanism, "asked for and not offered"},
        {all, password().exact("GSSAPI"), "", errc::no_mechanism, "asked for and not known"},
    };
    for (const row& each : rows) {
        const auto chosen = sasl::choose(each.offered, each.rules);
        BOOST_TEST(chosen.has_value() == !each.name.empty(), each.why);
        if (chosen)
            BOOST_TEST(chosen->name() == each.name, each.why);
        else
            BOOST_TEST((chosen.error() == each.code), each.why);
    }
}

BOOST_AUTO_TEST_CASE(every_entry_makes_the_mechanism_that_it_promises) {
    const credentials who = credentials("u", "p").token("t");
    const sasl::mechanism_context context(who, crypto, sasl::channel_binding("tls-exporter", "octets"), true);
    int rank = 1'000'000;
    const sasl::mechanism_registry registry;
    BOOST_TEST(registry.entries().size() == 13u);
    for (const sasl::mechanism_entry& each : registry.entries()) {
        const auto made = each.make(context);
        BOOST_TEST(made->name() == each.name());
        BOOST_TEST((!made->sends_password_in_clear() || each.needs_tls()));
        BOOST_TEST(each.rank() < rank);
        rank = each.rank();
    }
}

BOOST_AUTO_TEST_CASE(a_missing_offer_of_channel_binding_is_told_to_the_server) {
    const credentials who("u", "p");
    const sasl::channel_binding binding("tls-exporter", "octets");
    const auto flag = [&](std::string_view name, const sasl::channel_binding& used, bool offered) {
        const auto made = sasl::mechanism_registry().find(name)->make({who, crypto, used, offered});
        return made->initial().value_or("").substr(0, 2);
    };
    BOOST_TEST(flag("SCRAM-SHA-256", {}, false) == "n,", "this side has none");
    BOOST_TEST(flag("SCRAM-SHA-256", {}, true) == "n,", "this side has none");
    BOOST_TEST(flag("SCRAM-SHA-256", binding, false) == "y,", "the server seems to have none");
    BOOST_TEST(flag("SCRAM-SHA-256", binding, true) == "n,", "it was not wanted");
    BOOST_TEST(flag("SCRAM-SHA-256-PLUS", binding, true) == "p=", "both have it");
    BOOST_TEST(sasl::offers_channel_binding({"PLAIN", "scram-sha-256-plus"}));
    BOOST_TEST(!sasl::offers_channel_binding({"PLAIN", "-PLUS", "PLUS"}));
}

class own final : public sasl::mechanism {
public:
    std::string_view name() const noexcept override { return "X-OWN"; }
    bool client_first() const noexcept override { return false; }
    result<std::string> initial() override { return errc::bad_state; }
    result<std::string> respond(std::string_view) override { return std::string("yes"); }
    bool may_finish() const noexcept override { return true; }
    bool sends_password_in_clear() const noexcept override { return false; }
};

BOOST_AUTO_TEST_CASE(a_program_adds_its_own_mechanism) {
    sasl::mechanism_registry registry;
    registry.register_mechanism("X-OWN", 2000, sasl::credential_kind::password,
                                [](const sasl::mechanism_context&) { return std::make_unique<own>(); });
    const auto chosen = sasl::choose({"PLAIN", "X-OWN"}, password(), registry);
    BOOST_TEST_REQUIRE(chosen.has_value());
    const credentials who("u", "p");
    BOOST_TEST(chosen->make({who, crypto})->name() == "X-OWN");
    BOOST_TEST(sasl::choose({"PLAIN", "X-OWN"}, password())->name() == "PLAIN",
               "other registries are untouched");

    // The same name again replaces it, here with a rank below PLAIN.
    registry.register_mechanism("x-own", 1, sasl::credential_kind::password,
                                [](const sasl::mechanism_context&) { return std::make_unique<own>(); });
    BOOST_TEST(sasl::choose({"PLAIN", "X-OWN"}, password(), registry)->name() == "PLAIN");
    BOOST_TEST(registry.entries().size() == 14u);

    registry.remove("PLAIN");
    BOOST_TEST((registry.find("plain") == nullptr));
    BOOST_TEST(sasl::mechanism_registry::empty().entries().empty());
}

BOOST_AUTO_TEST_SUITE_END()
