// Ways in: plain, STARTTLS, implicit TLS, certificates that do not hold, and every mechanism.

#include "integration/run.hpp"

#include "coimap/sasl/credentials.hpp"

using namespace coimap;
using namespace coimap::test;

namespace {

asio::awaitable<void> log_in_by(dovecot& server, std::string mechanism, sasl::credentials who) {
    client account = co_await connect(tls_url(server), trusting(server));
    co_await account.authenticate(std::move(who), mechanism);
    BOOST_TEST((account.state() == session_state::authenticated));
    BOOST_TEST(account.caps().known());
    co_await account.logout();
    BOOST_TEST(!account.is_open());
}

asio::awaitable<void> expect_rejected(dovecot& server, std::string host, connect_options options) {
    const std::error_code code =
        co_await failure_of(connect(std::move(host), server.tls_port(), std::move(options)));
    BOOST_TEST(code == make_error_code(errc::certificate_rejected));
}

} // namespace

BOOST_AUTO_TEST_SUITE(connecting)

BOOST_AUTO_TEST_CASE(over_tls_from_the_first_octet_by_name_and_by_address) {
    dovecot& server = shared_dovecot();
    run([](dovecot& dovecot) -> asio::awaitable<void> {
        for (const char* host : {"localhost", "127.0.0.1", "::1"}) {
            client account = co_await connect(std::string(host), dovecot.tls_port(), trusting(dovecot));
            BOOST_TEST(account.is_secure());
            BOOST_TEST(account.tls_description().starts_with("TLSv1.3"));
            co_await account.login("alice", "secret");
            co_await account.logout();
        }
    }(server));
}

BOOST_AUTO_TEST_CASE(over_starttls_with_the_capabilities_asked_anew) {
    dovecot& server = shared_dovecot();
    run([](dovecot& dovecot) -> asio::awaitable<void> {
        const std::string url = "imap://localhost:" + std::to_string(dovecot.port());
        client account = co_await connect(url, trusting(dovecot));
        BOOST_TEST(account.is_secure());
        BOOST_TEST(!account.caps().has("STARTTLS"));
        co_await account.login("alice", "secret");
        co_await account.noop();
        co_await account.logout();
    }(server));
}

BOOST_AUTO_TEST_CASE(in_the_clear_only_on_purpose_and_with_passwords_only_when_allowed) {
    dovecot& server = shared_dovecot();
    run([](dovecot& dovecot) -> asio::awaitable<void> {
        const std::string host = "127.0.0.1";
        connect_options clear;
        clear.tls(tls_mode::none);
        client account = co_await connect(host, dovecot.port(), clear);
        const auto refused = co_await failure_of(account.login("alice", "secret"));
        BOOST_TEST(refused == make_error_code(errc::cleartext_refused));
        // A mechanism that does not give the password away may be used.
        co_await account.authenticate(sasl::credentials("alice", "secret"));
        co_await account.logout();

        connect_options allowed = clear;
        allowed.allow_cleartext_authentication();
        client open = co_await connect(host, dovecot.port(), allowed);
        co_await open.login("alice", "secret");
        co_await open.logout();
    }(server));
}

BOOST_AUTO_TEST_CASE(logindisabled_is_honoured) {
    dovecot_options strict;
    strict.cleartext_login = false;
    dovecot server(strict);
    run([](dovecot& dovecot) -> asio::awaitable<void> {
        connect_options clear;
        clear.tls(tls_mode::none).allow_cleartext_authentication();
        const std::string host = "127.0.0.2"; // a peer with the server's own address counts as secured
        client account = co_await connect(host, dovecot.port(), clear);
        const auto refused = co_await failure_of(account.login("alice", "secret"));
        BOOST_TEST(refused == make_error_code(errc::login_disabled));
    }(server));
}

BOOST_AUTO_TEST_CASE(certificates_that_do_not_hold_are_refused) {
    dovecot& good = shared_dovecot();
    run([](dovecot& server) -> asio::awaitable<void> {
        co_await expect_rejected(server, "localhost", connect_options()); // an authority that nobody knows
        co_await expect_rejected(server, "127.0.0.2", trusting(server));  // an address that is not in it
        connect_options other_name = trusting(server);
        tls_options named = other_name.tls();
        named.server_name("imap.example.net");
        other_name.tls(named);
        co_await expect_rejected(server, "localhost", other_name);
        // Only in so many words.
        connect_options careless;
        careless.tls(tls_options().accept_any_certificate(true));
        const std::string host = "localhost";
        client account = co_await connect(host, server.tls_port(), careless);
        BOOST_TEST(account.is_open());
    }(good));
}

namespace {

/// Whether a second connection with the same options takes up the session of the first.
asio::awaitable<bool> resumes(dovecot& server, connect_options options) {
    // The session comes with the first octets behind the handshake.
    client first = co_await log_in(server, "alice", options);
    BOOST_TEST(first.tls_description().find("resumed") == std::string::npos);
    client second = co_await log_in(server, "alice", options);
    co_return second.tls_description().find("resumed") != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_session_of_tls_is_taken_up_by_the_next_connection_unless_it_shall_not) {
    dovecot_options without_certificates;
    without_certificates.extra = "ssl_verify_client_cert = no\nauth_ssl_username_from_cert = no\n";
    dovecot server(without_certificates);
    run([](dovecot& dovecot) -> asio::awaitable<void> {
        const bool by_default = co_await resumes(dovecot, trusting(dovecot));
        BOOST_TEST(by_default);
        connect_options never = trusting(dovecot);
        tls_options tls = never.tls();
        never.tls(tls.resume_sessions(false));
        const bool unwanted = co_await resumes(dovecot, never);
        BOOST_TEST(!unwanted);
    }(server));
}

BOOST_AUTO_TEST_CASE(a_server_that_cannot_resume_is_connected_to_anew) {
    dovecot& server = shared_dovecot(); // asks for certificates without a context for its sessions
    run([](dovecot& dovecot) -> asio::awaitable<void> {
        const bool resumed = co_await resumes(dovecot, trusting(dovecot));
        BOOST_TEST(!resumed);
    }(server));
}

BOOST_AUTO_TEST_CASE(the_plain_port_is_no_tls_port) {
    dovecot& server = shared_dovecot();
    run([](dovecot& dovecot) -> asio::awaitable<void> {
        const std::string host = "localhost";
        const auto code = co_await failure_of(connect(host, dovecot.port(), trusting(dovecot)));
        BOOST_TEST(code == make_error_code(errc::tls_failed));
    }(server));
}

BOOST_AUTO_TEST_CASE(nobody_listens) {
    run([]() -> asio::awaitable<void> {
        const std::string host = "127.0.0.1";
        const auto code = co_await failure_of(connect(host, 1, connect_options()));
        BOOST_TEST((kind_of(code) == error_kind::closed));
    }());
}

BOOST_AUTO_TEST_CASE(every_mechanism_logs_in) {
    dovecot& server = shared_dovecot();
    for (const char* mechanism : {"", "PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256"}) {
        BOOST_TEST_CONTEXT(mechanism)
        run(log_in_by(server, mechanism, sasl::credentials("alice", "secret")));
    }
    for (const char* mechanism : {"XOAUTH2", "OAUTHBEARER"}) {
        sasl::credentials bearer;
        bearer.user("alice").token(dovecot::oauth_token("alice"));
        BOOST_TEST_CONTEXT(mechanism)
        run(log_in_by(server, mechanism, bearer));
    }
}

BOOST_AUTO_TEST_CASE(external_by_a_client_certificate) {
    dovecot& server = shared_dovecot();
    run([](dovecot& dovecot) -> asio::awaitable<void> {
        tls_options tls;
        tls.ca_file(dovecot.ca_file().string());
        tls.certificate(dovecot.client_certificate_file().string(), dovecot.client_key_file().string());
        connect_options options;
        options.tls(tls);
        const std::string host = "localhost";
        client account = co_await connect(host, dovecot.tls_port(), options);
        sasl::credentials who;
        who.user("alice");
        co_await account.authenticate(who, "EXTERNAL");
        co_await account.logout();
    }(server));
}

BOOST_AUTO_TEST_CASE(a_wrong_password_is_its_own_error_and_the_connection_survives_it) {
    dovecot& server = shared_dovecot();
    run([](dovecot& dovecot) -> asio::awaitable<void> {
        client account = co_await connect(tls_url(dovecot), trusting(dovecot));
        const auto by_login = co_await failure_of(account.login("alice", "wrong"));
        BOOST_TEST((kind_of(by_login) == error_kind::authentication));
        const auto by_scram = co_await failure_of(account.authenticate(sasl::credentials("alice", "wrong")));
        BOOST_TEST((kind_of(by_scram) == error_kind::authentication));
        co_await account.login("alice", "secret");
        co_await account.logout();
    }(server));
}

BOOST_AUTO_TEST_CASE(an_expired_token_is_an_error_that_holds_the_servers_json) {
    dovecot& server = shared_dovecot();
    run([](dovecot& dovecot) -> asio::awaitable<void> {
        client account = co_await connect(tls_url(dovecot), trusting(dovecot));
        sasl::credentials bearer;
        bearer.user("alice").token(dovecot::oauth_token("alice", -60));
        std::string text;
        try {
            co_await account.authenticate(bearer, "OAUTHBEARER");
        } catch (const error& problem) {
            text = problem.details().text;
        }
        BOOST_TEST(text.find("status") != std::string::npos);
    }(server));
}

BOOST_AUTO_TEST_SUITE_END()
