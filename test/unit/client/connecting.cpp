// From the first octet to a client: greetings, deadlines, STARTTLS and those who tamper with it.

#include "support/scripted_peer.hpp"

#include <asio/error.hpp>

using namespace coimap;
using namespace coimap::test;

namespace {

connect_options starttls() {
    return connect_options().tls(tls_mode::starttls);
}

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
    BOOST_TEST(peer.connecting->details().text.find("is not TLS") != std::string::npos);
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
