// What servers do against the rules beyond one response, against a session without a connection: greetings
// that are none, ends that do not end, answers to what was not asked.

#include "coimap/core/ascii.hpp"
#include "coimap/session/commands/enable.hpp"
#include "coimap/session/commands/fetch.hpp"
#include "coimap/session/commands/logout.hpp"
#include "coimap/session/commands/noop.hpp"
#include "coimap/session/commands/select.hpp"
#include "coimap/session/commands/store.hpp"
#include "coimap/session/session.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace coimap;
using namespace coimap::commands;
using namespace std::chrono_literals;

namespace {

struct ending : completion {
    unsigned times = 0;
    std::error_code code;
    diagnostics details;

    void on_done(std::error_code reason, diagnostics what) noexcept override {
        ++times;
        code = reason;
        details = std::move(what);
    }
};

constexpr std::string_view welcome = "* PREAUTH [CAPABILITY IMAP4rev1 UIDPLUS ENABLE CONDSTORE] hi\r\n";

/// A session, and the server that the test plays.
struct conversation {
    session talk;
    time_point now{1h};
    std::string sent; // by the last command
    std::string tag;  // of the last command

    explicit conversation(std::string_view greeting = welcome) : talk(session_options()) { say(greeting); }

    void say(std::string_view octets) {
        const auto room = talk.prepare(octets.size());
        std::copy(octets.begin(), octets.end(), room.begin());
        talk.commit(octets.size(), now);
    }

    std::shared_ptr<ending> send(const std::shared_ptr<command>& what) {
        auto done = std::make_shared<ending>();
        talk.submit(what, done, now);
        talk.pump(now);
        sent = talk.output();
        talk.consumed(sent.size(), now);
        tag = sent.substr(0, sent.find(' '));
        return done;
    }

    template<class Command>
    std::shared_ptr<ending> send(Command what) {
        return send(std::static_pointer_cast<command>(std::make_shared<Command>(std::move(what))));
    }

    void select(std::uint32_t exists) {
        const auto done = send(select_command("INBOX"));
        say("* " + std::to_string(exists) + " EXISTS\r\n" + tag + " OK [READ-WRITE] done\r\n");
        BOOST_REQUIRE(done->times == 1 && !done->code);
    }

    template<class Event>
    std::vector<Event> events() {
        std::vector<Event> found;
        while (!talk.events().empty()) {
            const event next = talk.events().pop();
            if (const auto* one = std::get_if<Event>(&next))
                found.push_back(*one);
        }
        return found;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(session_quirks)

BOOST_AUTO_TEST_CASE(exchange_greets_with_server_unavailable) {
    for (const char* line : {"Server Unavailable. 15\r\n", "Server Unavailable\r\n",
                             "* Server Unavailable. 15\r\n", "* Server Unavailable\r\n"}) {
        conversation server(line);
        BOOST_TEST(server.talk.failure() == make_error_code(errc::server_bye), line);
        BOOST_TEST(server.talk.failure_details().text.starts_with("Server Unavailable"), line);
    }
}

BOOST_AUTO_TEST_CASE(exchange_says_server_unavailable_in_the_midst) {
    conversation server;
    const auto noop = server.send(noop_command());
    server.say("Server Unavailable. 15\r\n");
    BOOST_TEST(noop->times == 0u);
    const auto told = server.events<events::notice>();
    BOOST_REQUIRE_EQUAL(told.size(), 1u);
    BOOST_TEST(told[0].status == "BAD");
    server.say(server.tag + " OK done\r\n");
    BOOST_TEST(noop->times == 1u);
    BOOST_TEST(!server.talk.failed());
}

BOOST_AUTO_TEST_CASE(coremail_wants_tags_that_start_with_a_letter) {
    conversation server;
    for (int i = 0; i < 30; ++i) {
        server.send(noop_command());
        BOOST_TEST(is_alpha(server.tag.front()));
        server.say(server.tag + " OK done\r\n");
    }
}

BOOST_AUTO_TEST_CASE(yandex_says_bye_without_end) {
    conversation server;
    const auto noop = server.send(noop_command());
    std::string endless;
    for (int i = 0; i < 1000; ++i)
        endless += "* BYE\r\n";
    server.say(endless);
    server.say(endless);
    BOOST_TEST(noop->times == 1u);
    BOOST_TEST(noop->code == make_error_code(errc::server_bye));
    BOOST_TEST(server.events<events::bye>().size() == 1u);
}

BOOST_AUTO_TEST_CASE(office_365_says_bye_when_a_token_expires) {
    conversation server;
    const auto noop = server.send(noop_command());
    server.say("* BYE Session invalidated - AccessTokenExpired\r\n");
    BOOST_TEST(noop->code == make_error_code(errc::server_bye));
    BOOST_TEST(noop->details.text == "Session invalidated - AccessTokenExpired");
}

BOOST_AUTO_TEST_CASE(wp_pl_answers_logout_with_a_tagged_bye) {
    conversation server;
    const auto logout = server.send(logout_command());
    server.say(server.tag + " BYE bye\r\n");
    BOOST_TEST(logout->times == 1u);
    BOOST_TEST(!logout->code);
    BOOST_TEST(server.talk.finished());
}

BOOST_AUTO_TEST_CASE(a_proxy_answers_an_older_command_once_more) {
    conversation server;
    server.send(noop_command());
    const std::string older = server.tag;
    server.say(older + " OK done\r\n");
    const auto noop = server.send(noop_command());
    server.say(older + " NO timed out\r\n");
    BOOST_TEST(noop->times == 0u);
    BOOST_TEST(server.events<events::protocol_defect>().size() == 1u);
    server.say(server.tag + " OK done\r\n");
    BOOST_TEST(noop->times == 1u);
    BOOST_TEST(!noop->code);
}

BOOST_AUTO_TEST_CASE(exchange_sends_a_needless_continuation) {
    conversation server;
    const auto noop = server.send(noop_command());
    server.say("+\r\n" + server.tag + " OK done\r\n");
    server.talk.pump(server.now);
    BOOST_TEST(server.talk.output().empty());
    BOOST_TEST(noop->times == 1u);
    BOOST_TEST(!noop->code);
}

BOOST_AUTO_TEST_CASE(poczta_fm_answers_with_an_untagged_bad) {
    conversation server;
    const auto noop = server.send(noop_command());
    server.say("* BAD [ALERT] Please enable IMAP access\r\n");
    BOOST_TEST(noop->times == 0u);
    const auto alerts = server.events<events::alert>();
    BOOST_REQUIRE_EQUAL(alerts.size(), 1u);
    BOOST_TEST(alerts[0].text == "Please enable IMAP access");
    BOOST_REQUIRE(server.talk.next_deadline().has_value());
    server.talk.on_time(*server.talk.next_deadline());
    BOOST_TEST(noop->code == make_error_code(errc::inactivity_timeout));
}

BOOST_AUTO_TEST_CASE(office_365_throttles_and_is_not_connected) {
    for (const std::string text : {"Request is throttled. Suggested Backoff Time: 92415 milliseconds",
                                   "User is authenticated but not connected."}) {
        conversation server;
        const auto select = server.send(select_command("INBOX"));
        server.say(server.tag + " BAD " + text + "\r\n");
        BOOST_TEST((kind_of(select->code) == error_kind::refused));
        BOOST_TEST(select->details.text == text);
        BOOST_TEST(select->details.connection_usable);
        BOOST_TEST((server.talk.state() == session_state::authenticated));
    }
}

BOOST_AUTO_TEST_CASE(icloud_answers_enable_without_enabled) {
    conversation server;
    const auto enable = server.send(enable_command("CONDSTORE"));
    server.say(server.tag + " OK done\r\n");
    BOOST_TEST(!enable->code);
    BOOST_TEST(!server.talk.enabled("CONDSTORE"));
}

BOOST_AUTO_TEST_CASE(yahoo_answers_fetch_out_of_order) {
    conversation server;
    server.select(3);
    const auto fetch = std::make_shared<fetch_command>(uid_set("11,13,15"), items::uid | items::size);
    const auto done = server.send(std::static_pointer_cast<command>(fetch));
    server.say("* 3 FETCH (UID 15 RFC822.SIZE 3)\r\n* 1 FETCH (UID 11 RFC822.SIZE 1)\r\n"
               "* 2 FETCH (UID 13 RFC822.SIZE 2)\r\n" +
               server.tag + " OK done\r\n");
    BOOST_TEST(!done->code);
    const auto messages = fetch->take_result();
    BOOST_REQUIRE_EQUAL(messages.size(), 3u);
    for (const message& each : messages)
        BOOST_TEST(*each->uid == 9 + 2 * *each->size);
}

BOOST_AUTO_TEST_CASE(some_of_the_requested_messages_no_longer_exist) {
    conversation server;
    server.select(3);
    const auto fetch = std::make_shared<fetch_command>(uid_set("11,13"), items::uid | items::size);
    const auto done = server.send(std::static_pointer_cast<command>(fetch));
    server.say("* 1 FETCH (UID 11 RFC822.SIZE 1)\r\n" + server.tag +
               " NO Some of the requested messages no longer exist\r\n");
    BOOST_TEST((kind_of(done->code) == error_kind::refused));
    BOOST_TEST(done->details.connection_usable);
    BOOST_TEST(fetch->take_result().size() == 1u);
}

BOOST_AUTO_TEST_CASE(icloud_leaves_out_what_it_was_asked_for) {
    conversation server;
    server.select(3);
    const auto fetch = std::make_shared<fetch_command>(uid_set(11), items::message());
    const auto done = server.send(std::static_pointer_cast<command>(fetch));
    BOOST_TEST(server.sent == server.tag + " UID FETCH 11 (BODY.PEEK[])\r\n");
    server.say("* 1 FETCH (UID 11)\r\n" + server.tag + " OK done\r\n");
    BOOST_TEST(!done->code);
    BOOST_TEST(fetch->take_result().empty());
}

BOOST_AUTO_TEST_CASE(qip_answers_store_with_an_empty_fetch) {
    conversation server;
    server.select(3);
    const auto store = server.send(store_command(uid_set(11), store_mode::add, flags::seen));
    server.say("* 1 FETCH ()\r\n" + server.tag + " OK done\r\n");
    BOOST_TEST(store->times == 1u);
    BOOST_TEST(!store->code);
    BOOST_TEST(!server.talk.failed());
}

BOOST_AUTO_TEST_CASE(expunge_is_not_followed_by_exists) {
    conversation server;
    server.select(3);
    server.say("* 2 EXPUNGE\r\n");
    BOOST_TEST(server.talk.mailbox()->exists() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
