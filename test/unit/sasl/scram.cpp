#include "coimap/sasl/scram.hpp"

#include "coimap/core/base64.hpp"

#include "coimap/net/openssl_crypto.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace std::string_literals;
using sasl::binding_use;
using sasl::credentials;
using sasl::digest;

BOOST_AUTO_TEST_SUITE(sasl_scram)

const sasl::crypto& crypto = openssl_crypto();

struct example {
    digest algorithm;
    std::string_view name;
    std::string client_nonce;
    std::string_view client_first;
    std::string_view server_first;
    std::string_view client_final;
    std::string_view server_final;
};

const example rfc_5802 = {
    digest::sha1,
    "SCRAM-SHA-1",
    "fyko+d2lbbFgONRv9qkxdawL",
    "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
    "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
    "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
    "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="};

const example rfc_7677 = {
    digest::sha256,
    "SCRAM-SHA-256",
    "rOprNGfwEbeRWgbNEkqO",
    "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
    "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
    "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
    "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="};

sasl::scram of(const example& each) {
    return sasl::scram(each.algorithm, credentials("user", "pencil"), crypto, binding_use::not_supported, {},
                       each.client_nonce);
}

BOOST_AUTO_TEST_CASE(exchanges_of_the_rfcs) {
    for (const example& each : {rfc_5802, rfc_7677}) {
        sasl::scram mechanism = of(each);
        BOOST_TEST(mechanism.name() == each.name);
        BOOST_TEST(mechanism.client_first());
        BOOST_TEST(!mechanism.sends_password_in_clear());
        BOOST_TEST(*mechanism.initial() == each.client_first);
        BOOST_TEST((mechanism.initial().error() == errc::bad_state));
        BOOST_TEST(!mechanism.may_finish());
        BOOST_TEST(*mechanism.respond(each.server_first) == each.client_final);
        BOOST_TEST(!mechanism.may_finish(), "the server has proved nothing yet");
        const auto end = mechanism.respond(each.server_final);
        BOOST_TEST_REQUIRE(end.has_value());
        BOOST_TEST(end->empty());
        BOOST_TEST(mechanism.may_finish());
        BOOST_TEST((mechanism.respond("").error() == errc::bad_challenge), "no round without end");
        BOOST_TEST(!mechanism.may_finish());
    }
}

// The server's half, after section 3 of RFC 5802: what it says to the client's messages.
struct fake_server {
    digest algorithm;
    std::string first;

    std::string final(const std::string& first_bare, const std::string& client_final) const {
        const std::string signed_text =
            first_bare + "," + first + "," + client_final.substr(0, client_final.rfind(",p="));
        const std::string salted =
            *crypto.pbkdf2(algorithm, "pencil", "salt", 4096, sasl::size_of(algorithm));
        const std::string key = *crypto.hmac(algorithm, salted, "Server Key");
        return "v=" + encode_base64(*crypto.hmac(algorithm, key, signed_text));
    }
};

BOOST_AUTO_TEST_CASE(every_digest_and_every_use_of_channel_binding_comes_to_its_end) {
    struct row {
        binding_use use;
        std::string header;
        std::string bound;
        std::string suffix;
    };
    const row rows[] = {
        {binding_use::not_supported, "n,,", "n,,", ""},
        {binding_use::not_offered, "y,,", "y,,", ""},
        {binding_use::bound, "p=tls-exporter,,", "p=tls-exporter,,\x80\x01octets", "-PLUS"},
    };
    const std::pair<digest, std::string> digests[] = {
        {digest::sha1, "SCRAM-SHA-1"}, {digest::sha256, "SCRAM-SHA-256"}, {digest::sha512, "SCRAM-SHA-512"}};
    for (const auto& [algorithm, name] : digests)
        for (const row& each : rows) {
            sasl::scram mechanism(algorithm, credentials("user", "pencil"), crypto, each.use,
                                  sasl::channel_binding("tls-exporter", "\x80\x01octets"), "nonce");
            BOOST_TEST(mechanism.name() == name + each.suffix);
            BOOST_TEST(*mechanism.initial() == each.header + "n=user,r=nonce");
            const fake_server server{algorithm, "r=nonceX,s=" + encode_base64("salt") + ",i=4096"};
            const auto proof = mechanism.respond(server.first);
            BOOST_TEST_REQUIRE(proof.has_value());
            BOOST_TEST(proof->find("c=" + encode_base64(each.bound) + ",r=nonceX,p=") == 0u);
            BOOST_TEST(mechanism.respond(server.final("n=user,r=nonce", *proof)).has_value());
            BOOST_TEST(mechanism.may_finish());
        }
}

BOOST_AUTO_TEST_CASE(names_are_escaped_and_prepared) {
    const credentials who = credentials("a,b=c\xc2\xad", "pencil").authorization_id("x,y");
    sasl::scram mechanism(digest::sha256, who, crypto, binding_use::not_supported, {}, "nonce");
    BOOST_TEST(*mechanism.initial() == "n,a=x=2Cy,n=a=2Cb=3Dc,r=nonce");
}

BOOST_AUTO_TEST_CASE(nonces_differ_and_can_be_sent) {
    sasl::scram first(digest::sha256, credentials("u", "p"), crypto);
    sasl::scram second(digest::sha256, credentials("u", "p"), crypto);
    const std::string one = *first.initial();
    BOOST_TEST(one != *second.initial());
    BOOST_TEST(one.size() == "n,,n=u,r="s.size() + 24);
}

BOOST_AUTO_TEST_CASE(first_messages_that_make_no_sense_are_refused) {
    const std::string nonce = "r=fyko+d2lbbFgONRv9qkxdawL3rfc";
    struct row {
        std::string message;
        const char* why;
    };
    const row rows[] = {
        {"", "nothing"},
        {"r=", "no value"},
        {nonce, "the nonce alone"},
        {nonce + ",s=QSXCR+Q6sek8bf92", "no iterations"},
        {nonce + ",i=4096,s=QSXCR+Q6sek8bf92", "wrong order"},
        {"s=QSXCR+Q6sek8bf92," + nonce + ",i=4096", "the salt first"},
        {"m=x," + nonce + ",s=QSXCR+Q6sek8bf92,i=4096", "a mandatory extension"},
        {nonce + ",s=QSXCR+Q6sek8bf92,i=4096,m=x", "a mandatory extension at the end"},
        {nonce + ",s=QSXCR+Q6sek8bf92,i=4096,", "an empty attribute"},
        {nonce + ",s=QSXCR+Q6sek8bf92,i=4096,x", "an attribute without value"},
        {nonce + ",s=QSXCR+Q6sek8bf92,i=4096,1=x", "an attribute that is no letter"},
        {nonce + ",s=,i=4096", "empty salt"},
        {nonce + ",s=QSXCR+Q6sek8bf9,i=4096", "salt that is not base64"},
        {nonce + ",s=" + encode_base64(std::string(1025, 's')) + ",i=4096", "salt too long"},
        {nonce + ",s=QSXCR+Q6sek8bf92,i=4095", "too few iterations"},
        {nonce + ",s=QSXCR+Q6sek8bf92,i=1000001", "too many iterations"},
        {nonce + ",s=QSXCR+Q6sek8bf92,i=4294971392", "2^32 + 4096 iterations"},
        {nonce + ",s=QSXCR+Q6sek8bf92,i=18446744073709555712", "2^64 + 4096 iterations"},
        {nonce + ",s=QSXCR+Q6sek8bf92,i=04096", "a leading zero"},
        {nonce + ",s=QSXCR+Q6sek8bf92,i=-4096", "a sign"},
        {nonce + ",s=QSXCR+Q6sek8bf92,i=", "no number"},
        {"r=fyko+d2lbbFgONRv9qkxdawL,s=QSXCR+Q6sek8bf92,i=4096", "our nonce and no more"},
        {"r=gyko+d2lbbFgONRv9qkxdawL3rfc,s=QSXCR+Q6sek8bf92,i=4096", "another nonce"},
        {"r=3rfc,s=QSXCR+Q6sek8bf92,i=4096", "the server's nonce alone"},
        {nonce + "\n,s=QSXCR+Q6sek8bf92,i=4096", "a control character in the nonce"},
        {nonce + "\xc3\xa9,s=QSXCR+Q6sek8bf92,i=4096", "a nonce beyond ASCII"},
    };
    for (const row& each : rows) {
        sasl::scram mechanism = of(rfc_5802);
        BOOST_TEST(mechanism.initial().has_value());
        BOOST_TEST((mechanism.respond(each.message).error() == errc::bad_challenge), each.why);
        BOOST_TEST((mechanism.respond(rfc_5802.server_final).error() == errc::bad_challenge), each.why);
        BOOST_TEST(!mechanism.may_finish(), each.why);
    }
}

BOOST_AUTO_TEST_CASE(the_bounds_of_work_and_optional_extensions_are_accepted) {
    const std::string nonce = "r=fyko+d2lbbFgONRv9qkxdawL3rfc";
    for (const std::string& message :
         {nonce + ",s=QSXCR+Q6sek8bf92,i=4096,x=anything=else,y=z",
          nonce + ",s=" + encode_base64(std::string(1024, 's')) + ",i=4096", nonce + ",s=QQ==,i=10000"}) {
        sasl::scram mechanism = of(rfc_5802);
        BOOST_TEST(mechanism.initial().has_value());
        BOOST_TEST(mechanism.respond(message).has_value());
    }
}

BOOST_AUTO_TEST_CASE(a_server_that_does_not_know_the_password_is_found_out) {
    struct row {
        std::string message;
        errc code;
        const char* why;
    };
    const std::string right(rfc_5802.server_final);
    const row rows[] = {
        {"", errc::server_not_authentic, "nothing"},
        {"v=", errc::server_not_authentic, "an empty signature"},
        {"v=rmF9pqV8S7suAoZWja4dJRkFsKU=", errc::server_not_authentic, "the last bit is wrong"},
        {"v=rmF9pqV8S7suAoZWja4dJRkFsA==", errc::server_not_authentic, "an octet is missing"},
        {"v=rmF9pqV8S7suAoZWja4dJRkFsKQ", errc::server_not_authentic, "not base64"},
        {"x=y," + right, errc::server_not_authentic, "not the first attribute"},
        {right + ",m=x", errc::bad_challenge, "a mandatory extension"},
        {"e=invalid-proof", errc::authentication_failed, "the server refuses"},
    };
    for (const row& each : rows) {
        sasl::scram mechanism = of(rfc_5802);
        BOOST_TEST(mechanism.initial().has_value());
        BOOST_TEST(mechanism.respond(rfc_5802.server_first).has_value());
        BOOST_TEST((mechanism.respond(each.message).error() == each.code), each.why);
        BOOST_TEST(!mechanism.may_finish(), each.why);
        BOOST_TEST((mechanism.respond(right).error() == errc::bad_challenge), each.why);
        BOOST_TEST(!mechanism.may_finish(), each.why);
    }
}

BOOST_AUTO_TEST_CASE(the_servers_error_is_kept) {
    sasl::scram early = of(rfc_5802);
    BOOST_TEST(early.initial().has_value());
    BOOST_TEST((early.respond("e=unknown-user").error() == errc::authentication_failed));
    BOOST_TEST(early.failure_detail() == "unknown-user");

    sasl::scram late = of(rfc_5802);
    BOOST_TEST(late.initial().has_value());
    BOOST_TEST(late.respond(rfc_5802.server_first).has_value());
    BOOST_TEST((late.respond("e=channel-bindings-dont-match,x=y").error() == errc::authentication_failed));
    BOOST_TEST(late.failure_detail() == "channel-bindings-dont-match");
}

BOOST_AUTO_TEST_CASE(credentials_that_cannot_be_sent_are_refused) {
    struct row {
        credentials who;
        errc code;
        const char* why;
    };
    const row rows[] = {
        {credentials("", "p"), errc::invalid_argument, "no user"},
        {credentials("\xc2\xad", "p"), errc::invalid_argument, "a user that is nothing once prepared"},
        {credentials("u", ""), errc::invalid_argument, "no password"},
        {credentials("u\0v"s, "p"), errc::invalid_argument, "NUL in the user"},
        {credentials("u", "p\0q"s), errc::invalid_argument, "NUL in the password"},
        {credentials("u", "p\xff"), errc::bad_utf8, "a password in another charset"},
        {credentials("u", "p").authorization_id("a\0b"s), errc::invalid_argument, "NUL in the identity"},
        {credentials("u", "p").authorization_id("a\r\nb"), errc::invalid_argument, "a line end in it"},
        {credentials("u", "p").authorization_id("caf\xe9"), errc::invalid_argument,
         "an identity that is no UTF-8"},
    };
    for (const row& each : rows) {
        sasl::scram mechanism(digest::sha256, each.who, crypto);
        BOOST_TEST((mechanism.initial().error() == each.code), each.why);
        BOOST_TEST((mechanism.respond(rfc_7677.server_first).error() == errc::bad_challenge), each.why);
    }
    sasl::scram unbound(digest::sha256, credentials("u", "p"), crypto, binding_use::bound);
    BOOST_TEST((unbound.initial().error() == errc::invalid_argument), "PLUS without a binding");
}

class broken_crypto final : public sasl::crypto {
public:
    result<std::string> hash(digest, std::string_view) const override { return errc::not_supported; }
    result<std::string> hmac(digest, std::string_view, std::string_view) const override {
        return errc::not_supported;
    }
    result<std::string> pbkdf2(digest, std::string_view, std::string_view, std::uint32_t,
                               std::size_t) const override {
        return errc::not_supported;
    }
    result<std::string> random(std::size_t) const override { return errc::not_supported; }
};

BOOST_AUTO_TEST_CASE(failing_primitives_end_the_exchange) {
    const broken_crypto broken;
    sasl::scram no_nonce(digest::sha256, credentials("u", "p"), broken);
    BOOST_TEST((no_nonce.initial().error() == errc::not_supported));

    sasl::scram no_digest(digest::sha256, credentials("user", "pencil"), broken, binding_use::not_supported,
                          {}, rfc_7677.client_nonce);
    BOOST_TEST(no_digest.initial().has_value());
    BOOST_TEST((no_digest.respond(rfc_7677.server_first).error() == errc::not_supported));
    BOOST_TEST((no_digest.respond(rfc_7677.server_first).error() == errc::bad_challenge));
}

BOOST_AUTO_TEST_SUITE_END()
