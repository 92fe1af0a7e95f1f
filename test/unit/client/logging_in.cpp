// LOGIN and AUTHENTICATE: which of them, by which mechanism, and credentials that must not leave where they
// should not.

#include "support/base64.hpp"
#include "support/scripted_peer.hpp"

#include "coimap/core/base64.hpp"
#include "coimap/net/openssl_crypto.hpp"
#include "coimap/sasl/credentials.hpp"

#include <asio/error.hpp>

using namespace coimap;
using namespace coimap::test;

namespace {

connect_options cleartext() {
    return connect_options().tls(tls_mode::none).allow_cleartext_authentication();
}

/// Everything that was traced, for looking for secrets.
class recording_trace final : public trace {
public:
    void sent(std::string_view line) noexcept override { lines.append("> ").append(line).append("\n"); }
    void received(std::string_view line) noexcept override { lines.append("< ").append(line).append("\n"); }
    void note(std::string_view text) noexcept override { lines.append("- ").append(text).append("\n"); }

    bool shows(std::string_view text) const { return lines.find(text) != std::string::npos; }
    std::string lines;
};

} // namespace

// --- LOGIN
// ----------------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(login)

BOOST_AUTO_TEST_CASE(a_password_does_not_leave_in_the_clear_unless_the_caller_says_so) {
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n");
    const auto login = peer.start(peer.client().login("alice", "s3cret"));
    BOOST_TEST(login->code() == make_error_code(errc::cleartext_refused));
    const auto plain = peer.start(peer.client().authenticate(sasl::credentials("alice", "s3cret")));
    BOOST_TEST(plain->code() == make_error_code(errc::cleartext_refused));
    BOOST_TEST(plain->details().connection_usable);
    BOOST_TEST(peer.silent());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(login_that_the_server_forbids_is_not_tried) {
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\r\n", cleartext());
    const auto login = peer.start(peer.client().login("alice", "s3cret"));
    BOOST_TEST(login->code() == make_error_code(errc::login_disabled));
    BOOST_TEST(peer.silent());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(what_the_server_could_before_is_forgotten_and_asked_for_anew) {
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1 XBEFORE] hi\r\n", cleartext());
    const auto login = peer.start(peer.client().login("alice", "s3cret"));
    peer.serve(peer.expect("LOGIN \"alice\" \"s3cret\"") + " OK in\r\n");
    BOOST_TEST(!login->done);
    BOOST_TEST(!peer.client().caps().known());
    peer.serve("* CAPABILITY IMAP4rev1 XAFTER\r\n" + peer.expect("CAPABILITY") + " OK done\r\n");
    BOOST_TEST(login->code() == std::error_code());
    BOOST_TEST(!peer.client().caps().has("XBEFORE"));
    BOOST_TEST(peer.client().caps().has("XAFTER"));
    BOOST_TEST((peer.client().state() == session_state::authenticated));
}

BOOST_AUTO_TEST_CASE(capabilities_told_with_the_answer_are_not_asked_for) {
    for (const bool untagged : {false, true}) {
        scripted_peer peer;
        peer.connect("* OK [CAPABILITY IMAP4rev1 XBEFORE] hi\r\n", cleartext());
        const auto login = peer.start(peer.client().login("alice", "s3cret"));
        const std::string tag = peer.expect("LOGIN \"alice\" \"s3cret\"");
        if (untagged)
            peer.serve("* CAPABILITY IMAP4rev1 XAFTER\r\n" + tag + " OK in\r\n");
        else
            peer.serve(tag + " OK [CAPABILITY IMAP4rev1 XAFTER] in\r\n");
        BOOST_TEST(login->code() == std::error_code());
        BOOST_TEST(peer.client().caps().has("XAFTER"));
        BOOST_TEST(peer.silent());
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_is_about_the_credentials_and_carries_the_code) {
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1] hi\r\n", cleartext());
    const auto login = peer.start(peer.client().login("alice", "s3cret"));
    peer.serve(peer.expect("LOGIN \"alice\" \"s3cret\"") + " NO [AUTHENTICATIONFAILED] no\r\n");
    BOOST_TEST(login->code() == make_error_code(errc::authentication_failed));
    BOOST_TEST(login->details().response_code == "AUTHENTICATIONFAILED");
    BOOST_TEST(login->details().connection_usable);
    BOOST_TEST((peer.client().state() == session_state::not_authenticated));
    // Another attempt is possible.
    const auto again = peer.start(peer.client().login("alice", "right"));
    peer.serve(peer.expect("LOGIN \"alice\" \"right\"") + " OK [CAPABILITY IMAP4rev1] in\r\n");
    BOOST_TEST(again->code() == std::error_code());
    // And once is enough.
    const auto twice = peer.start(peer.client().login("alice", "right"));
    BOOST_TEST(twice->code() == make_error_code(errc::bad_state));
    BOOST_TEST(peer.silent());
}

BOOST_AUTO_TEST_CASE(a_continuation_for_the_password_is_not_answered) {
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1] hi\r\n", cleartext());
    const auto login = peer.start(peer.client().login("alice", "s3cret"));
    peer.expect("LOGIN \"alice\" \"s3cret\"");
    peer.serve("+ password again please\r\n");
    BOOST_TEST(peer.silent());
    peer.advance(61s);
    BOOST_TEST(login->code() == make_error_code(errc::inactivity_timeout));
}

BOOST_AUTO_TEST_CASE(no_trace_shows_a_password_whatever_it_looks_like_and_whoever_repeats_it) {
    for (const std::string password :
         {"s3cret-pass", "s3cret \"quoted\" \\pass", "s3cret\r\nliteral", "s3cret \xc3\xbc"}) {
        const auto log = std::make_shared<recording_trace>();
        scripted_peer peer;
        peer.connect("* OK [CAPABILITY IMAP4rev1] hi\r\n", cleartext().trace(log));
        const auto login = peer.start(peer.client().login("alice", password));
        const std::string line = peer.take_line();
        const std::string tag = line.substr(0, line.find(' '));
        if (line.ends_with('}')) {
            peer.serve("+ go on\r\n");
            BOOST_TEST(peer.take_sent().find(password) != std::string::npos);
        }
        // What ends a line cannot be repeated within one.
        const std::string echo =
            password.substr(0, password.find('\r') == std::string::npos ? password.size() : 0);
        peer.serve("* NO I got " + echo + "\r\n" + tag + " NO [AUTHENTICATIONFAILED] alice, " + echo +
                   " is wrong\r\n");
        BOOST_REQUIRE(login->done);
        BOOST_TEST(!log->shows("s3cret"), log->lines);
        BOOST_TEST(log->shows("LOGIN <redacted>"));
        BOOST_TEST(login->details().text.find("s3cret") == std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()

// --- AUTHENTICATE
// ---------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(authenticate)

namespace {

const sasl::credentials alice("alice", "s3cret");
const std::string plain_blob = test::base64(std::string_view("\0alice\0s3cret", 13));

/// A SCRAM-SHA-256 exchange up to the client's proof; what to say last for the server to be honest.
struct scram_server {
    std::string client_first_bare;
    std::string server_first;

    std::string first(std::string_view client_first) {
        const std::string message = decode_base64(client_first).value();
        client_first_bare = message.substr(message.find("n="));
        const std::string nonce = client_first_bare.substr(client_first_bare.find("r=") + 2);
        server_first = "r=" + nonce + "server,s=" + test::base64("salt salt salt") + ",i=4096";
        return test::base64(server_first);
    }

    std::string final(std::string_view client_final) const {
        const std::string message = decode_base64(client_final).value();
        const std::string without_proof = message.substr(0, message.find(",p="));
        const sasl::crypto& crypto = openssl_crypto();
        const auto salted = crypto.pbkdf2(sasl::digest::sha256, "s3cret", "salt salt salt", 4096, 32).value();
        const auto key = crypto.hmac(sasl::digest::sha256, salted, "Server Key").value();
        const std::string all = client_first_bare + "," + server_first + "," + without_proof;
        return test::base64("v=" + test::base64(crypto.hmac(sasl::digest::sha256, key, all).value()));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(the_strongest_that_both_have_is_taken) {
    struct row {
        const char* offered;
        const char* line;
    };
    const row rows[] = {
        {"AUTH=PLAIN AUTH=LOGIN AUTH=CRAM-MD5 AUTH=SCRAM-SHA-1 AUTH=SCRAM-SHA-256",
         "AUTHENTICATE SCRAM-SHA-256"},
        {"AUTH=PLAIN AUTH=CRAM-MD5", "AUTHENTICATE CRAM-MD5"},
        {"AUTH=LOGIN AUTH=PLAIN", "AUTHENTICATE PLAIN"},
        {"AUTH=LOGIN", "AUTHENTICATE LOGIN"},
        {"AUTH=XUNKNOWN AUTH=GSSAPI AUTH=PLAIN", "AUTHENTICATE PLAIN"},
        {"NOTHING", "LOGIN \"alice\" \"s3cret\""},
    };
    for (const row& each : rows) {
        scripted_peer peer;
        peer.connect("* OK [CAPABILITY IMAP4rev1 " + std::string(each.offered) + "] hi\r\n", cleartext());
        const auto login = peer.start(peer.client().authenticate(alice));
        peer.expect(each.line);
    }
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1 AUTH=XUNKNOWN] hi\r\n", cleartext());
    const auto none = peer.start(peer.client().authenticate(alice));
    BOOST_TEST(none->code() == make_error_code(errc::no_mechanism));
    BOOST_TEST(peer.silent());
}

BOOST_AUTO_TEST_CASE(the_first_message_goes_along_where_the_server_allows_it) {
    {
        scripted_peer peer;
        peer.connect("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\r\n", cleartext());
        const auto login = peer.start(peer.client().authenticate(alice));
        const std::string tag = peer.expect("AUTHENTICATE PLAIN " + plain_blob);
        peer.serve(tag + " OK [CAPABILITY IMAP4rev1] in\r\n");
        BOOST_TEST(login->code() == std::error_code());
    }
    {
        scripted_peer peer;
        peer.connect("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n", cleartext());
        const auto login = peer.start(peer.client().authenticate(alice));
        const std::string tag = peer.expect("AUTHENTICATE PLAIN");
        BOOST_TEST(peer.silent());
        peer.serve("+\r\n");
        peer.expect_line(plain_blob);
        peer.serve(tag + " OK [CAPABILITY IMAP4rev1] in\r\n");
        BOOST_TEST(login->code() == std::error_code());
    }
}

BOOST_AUTO_TEST_CASE(challenges_without_end_are_ended_by_the_client) {
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n", cleartext());
    const auto login = peer.start(peer.client().authenticate(alice));
    const std::string tag = peer.expect("AUTHENTICATE PLAIN");
    peer.serve("+\r\n");
    peer.expect_line(plain_blob);
    peer.serve("+ bW9yZT8=\r\n");
    peer.expect_line("*");
    for (int i = 0; i < 5; ++i)
        peer.serve("+ bW9yZT8=\r\n");
    BOOST_TEST(peer.silent()); // nothing is said twice
    peer.serve(tag + " BAD cancelled\r\n");
    BOOST_REQUIRE(login->done);
    BOOST_TEST(login->code() == make_error_code(errc::bad_challenge));
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(an_ok_before_the_password_was_sent_is_not_believed) {
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n", cleartext());
    const auto login = peer.start(peer.client().authenticate(alice));
    peer.serve(peer.expect("AUTHENTICATE PLAIN") + " OK logged in\r\n");
    BOOST_TEST(login->code() == make_error_code(errc::server_not_authentic));
    BOOST_TEST(!login->details().connection_usable);
    BOOST_TEST(peer.silent());
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(an_honest_scram_server_is_believed) {
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256] hi\r\n");
    const auto login =
        peer.start(peer.client().authenticate(alice)); // not in the clear: no permission is needed
    const std::string tag = peer.expect("AUTHENTICATE SCRAM-SHA-256");
    scram_server server;
    peer.serve("+\r\n");
    peer.serve("+ " + server.first(peer.take_line()) + "\r\n");
    peer.serve("+ " + server.final(peer.take_line()) + "\r\n");
    peer.expect_line("");
    peer.serve(tag + " OK [CAPABILITY IMAP4rev1] in\r\n");
    BOOST_TEST(login->code() == std::error_code());
    BOOST_TEST((peer.client().state() == session_state::authenticated));
}

BOOST_AUTO_TEST_CASE(a_scram_server_that_does_not_know_the_password_is_left) {
    for (const std::string& last :
         {"v=" + test::base64(std::string(32, 'x')), std::string("v="), std::string()}) {
        scripted_peer peer;
        peer.connect("* OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256] hi\r\n");
        const auto login = peer.start(peer.client().authenticate(alice));
        const std::string tag = peer.expect("AUTHENTICATE SCRAM-SHA-256");
        scram_server server;
        peer.serve("+\r\n");
        peer.serve("+ " + server.first(peer.take_line()) + "\r\n");
        peer.take_line();
        if (!last.empty()) {
            peer.serve("+ " + test::base64(last) + "\r\n");
            peer.expect_line("*");
        }
        peer.serve(tag + " OK [CAPABILITY IMAP4rev1] in\r\n");
        BOOST_REQUIRE(login->done);
        const bool expected = login->code() == make_error_code(errc::server_not_authentic) ||
                              (last == "v=" && login->code() == make_error_code(errc::bad_challenge));
        BOOST_TEST(expected, login->code().message());
        BOOST_TEST(!login->details().connection_usable);
        peer.require_closed();
    }
}

BOOST_AUTO_TEST_CASE(a_mechanism_that_fails_as_such_is_followed_by_the_next) {
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=CRAM-MD5 AUTH=PLAIN] hi\r\n", cleartext());
    const auto login = peer.start(peer.client().authenticate(alice));
    const std::string first = peer.expect("AUTHENTICATE CRAM-MD5");
    peer.serve("+ PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2U+\r\n");
    peer.take_line();
    peer.serve(first + " NO cannot\r\n");
    const std::string second = peer.expect("AUTHENTICATE PLAIN " + plain_blob);
    peer.serve(second + " NO [AUTHENTICATIONFAILED] wrong\r\n");
    BOOST_TEST(login->code() == make_error_code(errc::authentication_failed));
    BOOST_TEST(login->details().response_code == "AUTHENTICATIONFAILED");
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(the_one_that_was_named_is_taken_or_none) {
    scripted_peer peer;
    peer.connect("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=CRAM-MD5 AUTH=PLAIN] hi\r\n", cleartext());
    const auto missing = peer.start(peer.client().authenticate(alice, "SCRAM-SHA-256"));
    BOOST_TEST(missing->code() == make_error_code(errc::no_mechanism));
    BOOST_TEST(peer.silent());
    const auto plain = peer.start(peer.client().authenticate(alice, "PLAIN"));
    peer.expect("AUTHENTICATE PLAIN " + plain_blob);
}

BOOST_AUTO_TEST_CASE(no_trace_shows_a_message_of_a_mechanism_whoever_repeats_it) {
    for (const bool initial : {false, true}) {
        const auto log = std::make_shared<recording_trace>();
        scripted_peer peer;
        peer.connect(std::string("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN") + (initial ? " SASL-IR" : "") +
                         "] hi\r\n",
                     cleartext().trace(log));
        const auto login = peer.start(peer.client().authenticate(alice));
        const std::string line = peer.take_line();
        if (!initial) {
            peer.serve("+\r\n");
            peer.expect_line(plain_blob);
        }
        peer.serve(line.substr(0, line.find(' ')) + " NO [AUTHENTICATIONFAILED] " + plain_blob +
                   " means s3cret\r\n");
        BOOST_REQUIRE(login->done);
        BOOST_TEST(!log->shows("s3cret"), log->lines);
        BOOST_TEST(!log->shows(plain_blob), log->lines);
        BOOST_TEST(log->shows("<redacted>"));
        BOOST_TEST(login->details().text.find("s3cret") == std::string::npos);
        BOOST_TEST(login->details().text.find(plain_blob) == std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()
