// From the first octet to the login: greetings, STARTTLS and those who tamper with it, deadlines, and
// credentials that must not leave where they should not.

#include "support/base64.hpp"
#include "support/openssl_crypto.hpp"
#include "support/scripted_peer.hpp"

#include "coimap/core/base64.hpp"
#include "coimap/sasl/credentials.hpp"

#include <asio/error.hpp>

using namespace coimap;
using namespace coimap::test;

namespace {

connect_options starttls() {
    return connect_options().tls(tls_mode::starttls);
}
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

constexpr std::string_view hi = "* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] hi\r\n";

/// Connecting failed like this, nothing but `sent` was sent, and the socket is closed.
void require_refused(scripted_peer& peer, errc code, std::string_view sent = {}) {
    BOOST_REQUIRE(peer.connecting->done);
    BOOST_TEST(peer.connecting->code() == make_error_code(code));
    BOOST_TEST(peer.connecting->details().operation.empty() == false);
    BOOST_TEST(!peer.connecting->details().connection_usable);
    BOOST_TEST(peer.link->to_server == sent);
    BOOST_TEST(peer.link->closed_by_client);
}

} // namespace

// --- greetings
// ------------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(greetings)

BOOST_AUTO_TEST_CASE(ok_with_capabilities_asks_nothing) {
    scripted_peer peer;
    peer.connect(scripted_peer::rev1);
    BOOST_TEST((peer.client().state() == session_state::not_authenticated));
    BOOST_TEST(peer.client().caps().has("UIDPLUS"));
    BOOST_TEST(!peer.client().is_secure());
    BOOST_TEST(peer.silent());
}

BOOST_AUTO_TEST_CASE(ok_without_capabilities_asks_for_them) {
    scripted_peer peer;
    peer.connect("* OK ready\r\n");
    BOOST_TEST(!peer.connecting->done);
    peer.serve("* CAPABILITY IMAP4rev1 XFOO\r\n" + peer.expect("CAPABILITY") + " OK done\r\n");
    BOOST_REQUIRE(peer.connecting->done && peer.connecting->value);
    BOOST_TEST(peer.connecting->value->caps().has("XFOO"));
    peer.connecting->value.reset();
}

BOOST_AUTO_TEST_CASE(preauth_is_authenticated) {
    scripted_peer peer;
    peer.connect(scripted_peer::preauth);
    BOOST_TEST((peer.client().state() == session_state::authenticated));
    BOOST_TEST(peer.silent());
}

BOOST_AUTO_TEST_CASE(a_refusal_is_the_servers_bye_with_its_words) {
    for (const char* greeting : {"* BYE [UNAVAILABLE] too busy\r\n", "* NO [UNAVAILABLE] too busy\r\n"}) {
        scripted_peer peer;
        peer.connect(greeting);
        require_refused(peer, errc::server_bye);
        BOOST_TEST(peer.connecting->details().text == "too busy");
        BOOST_TEST(peer.connecting->details().response_code == "UNAVAILABLE");
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_greeting_ends_it_at_the_first_line) {
    for (const char* greeting : {"1Gdo00V4 wFaIW2WP\r\n* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n",
                                 "A001 OK hi\r\n", "+ hello\r\n", "* CAPABILITY IMAP4rev1\r\n",
                                 "220 mail.example.org ESMTP\r\n", "HTTP/1.1 400 Bad Request\r\n"}) {
        scripted_peer peer;
        peer.connect(greeting);
        require_refused(peer, errc::protocol_violation);
    }
}

BOOST_AUTO_TEST_CASE(a_connection_that_is_closed_before_the_greeting_is_lost) {
    scripted_peer peer;
    peer.connect("* OK half a gree");
    BOOST_TEST(!peer.connecting->done);
    peer.link->hang_up();
    peer.settle();
    require_refused(peer, errc::connection_lost);
}

BOOST_AUTO_TEST_CASE(one_deadline_is_over_the_greeting_and_what_is_asked_after_it) {
    {
        scripted_peer peer;
        peer.connect("", connect_options().timeout(10s));
        peer.advance(9s);
        BOOST_TEST(!peer.connecting->done);
        peer.advance(1s);
        require_refused(peer, errc::connect_timed_out);
        BOOST_TEST(peer.connecting->details().operation == "connect to server.example");
    }
    {
        scripted_peer peer;
        peer.connect("", connect_options().timeout(10s));
        peer.advance(6s);
        peer.serve("* OK hi\r\n");
        peer.expect("CAPABILITY");
        for (int i = 0; i < 4; ++i) {
            BOOST_TEST(!peer.connecting->done);
            peer.advance(1s);
            peer.serve("* OK patience\r\n"); // octets do not move the deadline
        }
        require_refused(peer, errc::connect_timed_out);
    }
}

BOOST_AUTO_TEST_CASE(the_deadline_is_over_once_connected) {
    scripted_peer peer;
    peer.connect(scripted_peer::rev1, connect_options().timeout(10s));
    peer.advance(1min);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(cancelled_it_is_aborted_and_closed) {
    for (const char* greeting : {"", "* OK hi\r\n"}) {
        scripted_peer peer;
        peer.connect(greeting);
        peer.take_sent();
        peer.connecting->cancel();
        peer.settle();
        BOOST_TEST(peer.connecting->code() == asio::error::operation_aborted);
        BOOST_TEST(peer.link->closed_by_client);
        BOOST_TEST(peer.silent());
    }
}

BOOST_AUTO_TEST_CASE(dropped_without_being_awaited_it_closes_the_stream) {
    scripted_peer peer;
    {
        auto dropped =
            connect(std::make_unique<memory_stream>(peer.io.get_executor(), peer.link), "server.example");
    }
    BOOST_TEST(peer.link->closed_by_client);
}

BOOST_AUTO_TEST_SUITE_END()

// --- STARTTLS
// -------------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(starttls_demanded)

BOOST_AUTO_TEST_CASE(an_honest_server_gets_the_command_and_then_a_handshake) {
    scripted_peer peer;
    peer.connect(hi, starttls());
    const std::string tag = peer.expect("STARTTLS");
    BOOST_TEST(peer.silent());
    peer.serve(tag + " OK begin\r\n");
    BOOST_REQUIRE(peer.link->to_server.size() > 5);
    BOOST_TEST(peer.link->to_server[0] == '\x16'); // a ClientHello
    BOOST_TEST(!peer.connecting->done);
}

BOOST_AUTO_TEST_CASE(it_is_asked_for_when_the_greeting_says_nothing_of_it) {
    scripted_peer peer;
    peer.connect("* OK hi\r\n", starttls());
    peer.expect("STARTTLS");
    BOOST_TEST(peer.silent());
}

BOOST_AUTO_TEST_CASE(a_server_without_it_is_refused) {
    {
        scripted_peer peer;
        peer.connect("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n", starttls());
        require_refused(peer, errc::tls_required);
    }
    for (const char* answer : {" NO not today\r\n", " BAD unknown command\r\n"}) {
        scripted_peer peer;
        peer.connect(hi, starttls());
        peer.serve(peer.expect("STARTTLS") + answer);
        require_refused(peer, errc::tls_required);
    }
}

BOOST_AUTO_TEST_CASE(preauth_in_the_clear_is_refused) {
    for (const char* greeting : {"* PREAUTH hi\r\n", "* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n"}) {
        scripted_peer peer;
        peer.connect(greeting, starttls());
        require_refused(peer, errc::preauth_in_clear);
    }
}

BOOST_AUTO_TEST_CASE(octets_behind_the_tagged_ok_are_an_attack) {
    for (const std::string injected : {"* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XINJECTED\r\nA2 OK forged\r\n",
                                       "* OK [ALERT] injected\r\n", "x"}) {
        scripted_peer peer;
        peer.connect(hi, starttls());
        peer.serve(peer.expect("STARTTLS") + " OK begin\r\n" + injected);
        require_refused(peer, errc::starttls_injection);
    }
}

BOOST_AUTO_TEST_CASE(octets_in_the_place_of_the_handshake_fail_it) {
    scripted_peer peer;
    peer.connect(hi, starttls());
    peer.serve(peer.expect("STARTTLS") + " OK begin\r\n");
    peer.take_sent();
    peer.serve("* OK [ALERT] injected\r\n");
    BOOST_TEST(peer.connecting->code() == make_error_code(errc::tls_failed));
    BOOST_TEST(peer.link->closed_by_client);
}

BOOST_AUTO_TEST_CASE(nothing_else_is_believed_before_tls) {
    for (const std::string injected :
         {"* LIST () \"/\" INJECTED\r\n", "* 1 FETCH (BODY[] {28}\r\nFrom: Injected\r\n\r\nInjected\r\n)\r\n",
          "* SEARCH 1 2 3\r\n", "* STATUS INBOX (MESSAGES 7)\r\n", "* 1 EXISTS\r\n",
          "* OK [ALERT] injected\r\n", "* NO injected\r\n", "+ go on\r\n", "gibberish\r\n",
          "A1 OK forged\r\n"}) {
        scripted_peer peer;
        peer.connect(hi, starttls());
        peer.expect("STARTTLS");
        peer.serve(injected);
        BOOST_TEST_CONTEXT(injected) {
            require_refused(peer, errc::protocol_violation);
        }
    }
}

BOOST_AUTO_TEST_CASE(answers_to_commands_that_were_not_sent_are_forged) {
    scripted_peer peer;
    peer.connect("* OK hi\r\nA1 OK done\r\nA01 OK done\r\nRUBY0001 OK done\r\n", starttls());
    require_refused(peer, errc::protocol_violation);
}

BOOST_AUTO_TEST_CASE(what_is_said_before_tls_is_bounded) {
    scripted_peer peer;
    peer.connect(hi, starttls());
    peer.expect("STARTTLS");
    peer.serve("* CAPABILITY " + std::string(20'000, 'X'));
    require_refused(peer, errc::response_too_large);
}

BOOST_AUTO_TEST_CASE(bye_in_place_of_the_answer_is_a_bye) {
    scripted_peer peer;
    peer.connect(hi, starttls());
    peer.expect("STARTTLS");
    peer.serve("* BYE over\r\n");
    require_refused(peer, errc::server_bye);
}

BOOST_AUTO_TEST_CASE(the_deadline_is_over_the_answer_and_the_handshake) {
    for (const bool answered : {false, true}) {
        scripted_peer peer;
        peer.connect(hi, starttls().timeout(10s));
        const std::string tag = peer.expect("STARTTLS");
        if (answered)
            peer.serve(tag + " OK begin\r\n");
        peer.take_sent();
        peer.advance(10s);
        require_refused(peer, errc::connect_timed_out);
    }
}

BOOST_AUTO_TEST_CASE(cancelled_during_the_answer_or_the_handshake_it_is_closed) {
    for (const bool answered : {false, true}) {
        scripted_peer peer;
        peer.connect(hi, starttls());
        const std::string tag = peer.expect("STARTTLS");
        if (answered)
            peer.serve(tag + " OK begin\r\n");
        peer.take_sent();
        peer.connecting->cancel();
        peer.settle();
        BOOST_TEST(peer.connecting->code() == asio::error::operation_aborted);
        BOOST_TEST(peer.link->closed_by_client);
        BOOST_TEST(peer.silent());
    }
}

BOOST_AUTO_TEST_SUITE_END()

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
        const test::openssl_crypto crypto;
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
