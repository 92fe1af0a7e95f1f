// What must not be believed, told or outlived.

#include "support/scripted_peer.hpp"

#include "coimap/net/tls_stream.hpp"
#include "coimap/sasl/credentials.hpp"

#include <asio/error.hpp>

using namespace coimap;
using namespace coimap::test;

BOOST_AUTO_TEST_SUITE(trust)

BOOST_AUTO_TEST_CASE(a_password_that_the_server_repeats_in_bye_or_alert_is_masked) {
    scripted_peer peer;
    connect_options options;
    options.tls(tls_mode::none).allow_cleartext_authentication();
    peer.connect("* OK [CAPABILITY IMAP4rev1] ready\r\n", options);
    const auto login = peer.start(peer.client().login("alice", "hunter2secret"));
    peer.take_line();
    peer.serve("* OK [ALERT] not with hunter2secret\r\n* BYE bad password hunter2secret\r\n");
    BOOST_TEST(login->code() == make_error_code(errc::server_bye));
    BOOST_TEST(login->details().text.find("hunter2") == std::string::npos);
    for (const event& each : peer.events()) {
        if (const auto* bye = std::get_if<events::bye>(&each))
            BOOST_TEST(bye->text.find("hunter2") == std::string::npos);
        if (const auto* alert = std::get_if<events::alert>(&each))
            BOOST_TEST(alert->text.find("hunter2") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_cancelled_scram_does_not_trust_a_server_that_proved_nothing) {
    scripted_peer peer;
    connect_options options;
    options.tls(tls_mode::none);
    peer.connect("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256] ready\r\n", options);
    const auto login = peer.start(peer.client().authenticate(sasl::credentials("alice", "secret")));
    const std::string line = peer.take_line();
    login->cancel();
    peer.settle();
    peer.serve(line.substr(0, line.find(' ')) + " OK welcome\r\n");
    BOOST_TEST(login->code() == asio::error::operation_aborted);
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(move_without_move_and_copyuid_removes_nothing) {
    scripted_peer peer;
    peer.connect("* PREAUTH [CAPABILITY IMAP4rev1 UIDPLUS] welcome\r\n");
    mailbox inbox = peer.select();
    const auto move = peer.start(inbox.move(uid_set::from(100), "elsewhere"));
    const std::string tag = peer.expect("UID COPY 100:* elsewhere");
    peer.serve(tag + " OK copied, I will not say what\r\n");
    BOOST_TEST(move->code() == make_error_code(errc::not_supported));
    BOOST_TEST(peer.silent());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(next_event_outlives_the_client_that_it_was_asked_of) {
    scripted_peer peer;
    peer.connect();
    const auto next = peer.start(peer.client().next_event());
    peer.connected.reset();
    peer.settle();
    BOOST_REQUIRE(next->done && next->value);
    BOOST_TEST(std::holds_alternative<events::closed>(*next->value));
}

BOOST_AUTO_TEST_CASE(a_context_that_dies_first_with_commands_idle_and_a_race_under_way_leaks_nothing) {
    auto context = std::make_unique<asio::io_context>();
    manual_clock time;
    const auto link = std::make_shared<memory_link>();
    std::optional<client> account;
    const auto drive = [](client& c) -> asio::awaitable<void> { co_await c.noop(); };
    const auto idle = [](client& c) -> asio::awaitable<void> {
        co_await with_timeout(c.idle(), std::chrono::hours(1));
    };
    const auto open = [](std::unique_ptr<stream> on, const manual_clock& clock,
                         std::optional<client>& to) -> asio::awaitable<void> {
        connect_options options;
        options.tls(tls_mode::none).clock(clock);
        client made = co_await connect(std::move(on), "server.example", options);
        to.emplace(std::move(made));
    };
    const auto ignore = [](std::exception_ptr) {};
    asio::co_spawn(*context,
                   open(std::make_unique<memory_stream>(context->get_executor(), link), time, account),
                   ignore);
    link->send(scripted_peer::preauth);
    while (context->poll() != 0)
        context->restart();
    BOOST_REQUIRE(account.has_value());
    asio::co_spawn(*context, drive(*account), ignore);
    asio::co_spawn(*context, idle(*account), ignore);
    context->restart();
    while (context->poll() != 0)
        context->restart();
    link->readable.drop(); // as the wait of a socket ends with its context
    // The leak checker sees what is left.
    context.reset();
    account.reset();
    BOOST_TEST(!link->to_server.empty());
}

BOOST_AUTO_TEST_CASE(tls_without_a_name_to_verify_is_refused) {
    asio::io_context context;
    const auto link = std::make_shared<memory_link>();
    const auto settings = std::make_shared<const tls_context>(tls_options());
    BOOST_CHECK_THROW(tls_stream(std::make_unique<memory_stream>(context.get_executor(), link), settings, ""),
                      error);
}

BOOST_AUTO_TEST_SUITE_END()
