// The ways by a proxy: each kind's conversation, octet by octet, and what a proxy can do wrong.

#include "coimap/core/error.hpp"
#include "coimap/net/proxy/handshakes.hpp"
#include "support/memory_stream.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include <boost/test/unit_test.hpp>

#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace {

using namespace coimap;
using namespace std::string_literals;

struct fixture {
    asio::io_context io;
    std::shared_ptr<test::memory_link> link = std::make_shared<test::memory_link>();
    test::memory_stream through{io.get_executor(), link};
    proxy by;
    std::optional<std::error_code> ended; ///< no error: it went well
    std::string reason;

    fixture() {
        by.host = "proxy.example";
        link->largest_read = 1;
    }

    template<class Ask>
    void start(Ask ask, std::string host = "mail.example.org", std::uint16_t port = 993) {
        asio::co_spawn(io, run(ask, std::move(host), port), [](const std::exception_ptr&) {});
        io.restart();
        io.poll();
    }

    template<class Ask>
    asio::awaitable<void> run(Ask ask, std::string host, std::uint16_t port) {
        try {
            co_await ask(through, by, host, port);
            ended = std::error_code();
        } catch (const error& problem) {
            ended = problem.code();
            reason = problem.details().text;
        }
    }

    void serve(std::string_view octets) {
        link->send(octets);
        io.restart();
        io.poll();
    }

    std::string asked() { return std::exchange(link->to_server, {}); }

    void require_done(std::error_code code = {}) {
        BOOST_REQUIRE(ended.has_value());
        BOOST_TEST(*ended == code);
    }
    void require_refused(std::string_view why) {
        require_done(make_error_code(errc::proxy_refused));
        BOOST_TEST(reason == why);
    }
};

BOOST_FIXTURE_TEST_SUITE(proxies, fixture)

BOOST_AUTO_TEST_CASE(socks5_connects_by_name) {
    start(ask_socks5);
    BOOST_TEST(asked() == "\5\1\0"s);
    serve("\5\0"s);
    BOOST_TEST(asked() == "\5\1\0\3\x10mail.example.org\3\xe1"s);
    serve("\5\0\0\1\x7f\0\0\1\x04\x38* OK hi\r\n"s);
    require_done();
    BOOST_TEST(link->to_client == "* OK hi\r\n"); // the server's first words are left to the session
}

BOOST_AUTO_TEST_CASE(socks5_connects_to_addresses) {
    start(ask_socks5, "192.0.2.7", 143);
    asked();
    serve("\5\0"s);
    BOOST_TEST(asked() == "\5\1\0\1\xc0\0\2\7\0\x8f"s);
    serve("\5\0\0\3\5proxy\0\0"s);
    require_done();
    ended.reset();

    start(ask_socks5, "2001:db8::1", 143);
    asked();
    serve("\5\0"s);
    BOOST_TEST(asked() == "\5\1\0\4\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1\0\x8f"s);
    serve("\5\0\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"s);
    require_done();
}

BOOST_AUTO_TEST_CASE(socks5_logs_in) {
    by.user = "anna";
    by.password = "secret";
    start(ask_socks5);
    BOOST_TEST(asked() == "\5\2\0\2"s);
    serve("\5\2"s);
    BOOST_TEST(asked() == "\1\4anna\6secret"s);
    serve("\1\0"s);
    BOOST_TEST(asked().substr(0, 4) == "\5\1\0\3"s);
}

BOOST_AUTO_TEST_CASE(socks5_tells_why_not) {
    const std::pair<std::string, std::string_view> rows[] = {
        {"\5\xff"s, "it wants a user name and a password"},
        {"\5\2"s, "it wants a user name and a password"},
        {"HT"s, "it does not speak SOCKS 5"},
        {"\5\0\5\2\0\1"s, "its rules forbid the connection"},
        {"\5\0\5\5\0\1"s, "the server refuses the connection"},
        {"\5\0\5\x63\0\1"s, "it gives the reason 99"},
        {"\5\0\4\0\0\1"s, "it does not speak SOCKS 5"},
        {"\5\0\5\0\0\7"s, "its answer makes no sense"},
    };
    for (const auto& [answer, why] : rows) {
        ended.reset();
        link->to_client.clear();
        start(ask_socks5);
        serve(answer);
        require_refused(why);
    }
}

BOOST_AUTO_TEST_CASE(a_password_that_socks5_does_not_take) {
    by.user = "anna";
    by.password = "wrong";
    start(ask_socks5);
    serve("\5\2\1\1"s);
    require_refused("it does not take this user name and password");
}

BOOST_AUTO_TEST_CASE(what_socks5_cannot_carry_is_not_sent) {
    start(ask_socks5, std::string(256, 'a'));
    require_done(make_error_code(errc::invalid_argument));
    BOOST_TEST(asked().empty());
}

BOOST_AUTO_TEST_CASE(http_connects) {
    start(ask_http);
    BOOST_TEST(asked() == "CONNECT mail.example.org:993 HTTP/1.1\r\nHost: mail.example.org:993\r\n\r\n");
    serve("HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n* OK hi\r\n");
    require_done();
    BOOST_TEST(link->to_client == "* OK hi\r\n");
}

BOOST_AUTO_TEST_CASE(http_connects_to_an_address_and_logs_in) {
    by.user = "anna";
    by.password = "secret";
    start(ask_http, "2001:db8::1", 143);
    BOOST_TEST(asked() == "CONNECT [2001:db8::1]:143 HTTP/1.1\r\nHost: [2001:db8::1]:143\r\n"
                          "Proxy-Authorization: Basic YW5uYTpzZWNyZXQ=\r\n\r\n");
    serve("HTTP/1.0 200 OK\r\n\r\n");
    require_done();
}

BOOST_AUTO_TEST_CASE(http_tells_why_not) {
    const std::pair<std::string_view, std::string_view> rows[] = {
        {"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "it wants a user name and a password"},
        {"HTTP/1.1 403 Forbidden\r\nX: y\r\n\r\n", "it says 403 Forbidden"},
        {"* OK IMAP ready\r\n\r\n", "it does not speak HTTP"},
        {"HTTP/1.1\r\n\r\n", "it does not speak HTTP"},
    };
    for (const auto& [answer, why] : rows) {
        ended.reset();
        start(ask_http);
        serve(answer);
        require_refused(why);
    }
}

BOOST_AUTO_TEST_CASE(no_header_is_read_for_ever) {
    start(ask_http);
    serve("HTTP/1.1 200 OK\r\nX: " + std::string(10'000, 'x'));
    require_done(make_error_code(errc::response_too_large));
}

BOOST_AUTO_TEST_CASE(no_host_brings_a_line_of_its_own) {
    for (const char* host : {"a\r\nEvil: x", "a b", "", "\xc3\xa4.example"}) {
        ended.reset();
        start(ask_http, host);
        require_done(make_error_code(errc::invalid_argument));
        BOOST_TEST(asked().empty());
    }
}

BOOST_AUTO_TEST_CASE(a_proxy_that_hangs_up) {
    start(ask_socks5);
    link->hang_up();
    io.restart();
    io.poll();
    require_done(make_error_code(errc::connection_lost));
}

BOOST_AUTO_TEST_CASE(urls) {
    const proxy socks = parse_proxy_url("socks5://anna@[2001:db8::1]:99/");
    BOOST_TEST((socks.type == proxy::kind::socks5));
    BOOST_TEST(socks.host == "2001:db8::1");
    BOOST_TEST(socks.port == 99);
    BOOST_TEST(socks.user == "anna");
    const proxy http = parse_proxy_url("http://proxy.example");
    BOOST_TEST((http.type == proxy::kind::http));
    BOOST_TEST(http.host == "proxy.example");
    BOOST_TEST(http.port == 3128);
    BOOST_TEST(parse_proxy_url("SOCKS5H://h").port == 1080);
    for (const char* text : {"proxy.example", "ftp://x", "http://", "http://a:0", "http://a:b",
                             "http://u:p@a", "http://a b", "socks5://:99"})
        BOOST_CHECK_THROW(parse_proxy_url(text), error);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
