#pragma once
// A client whose server is the test itself: no socket, no time but what the test gives it. `settle()` lets
// everything happen that can; then the test looks at what was sent, and says what the server answers.

#include "coimap/client/client.hpp"
#include "coimap/client/race.hpp"
#include "coimap/session/trace.hpp"
#include "support/manual_clock.hpp"
#include "support/memory_stream.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::test {

using namespace std::chrono_literals;

/// How a coroutine that the test started has ended.
template<class T>
struct outcome {
    std::optional<T> value;
    std::exception_ptr problem;
    bool done = false;
    asio::cancellation_signal cancellation;

    void cancel(asio::cancellation_type type = asio::cancellation_type::terminal) { cancellation.emit(type); }

    /// The error that it ended with; a default-constructed code when it ended well.
    std::error_code code() const {
        BOOST_REQUIRE(done);
        if (!problem)
            return {};
        try {
            std::rethrow_exception(problem);
        } catch (const std::system_error& error) {
            return error.code();
        } catch (const std::exception& error) {
            BOOST_FAIL("not an error code: " << error.what());
        }
        return {};
    }

    diagnostics details() const {
        try {
            if (problem)
                std::rethrow_exception(problem);
        } catch (const error& failure) {
            return failure.details();
        } catch (...) {
        }
        return {};
    }
};

struct nothing {};

class scripted_peer {
public:
    static constexpr std::string_view rev1 =
        "* OK [CAPABILITY IMAP4rev1 IDLE LITERAL+ UIDPLUS MOVE ESEARCH ENABLE] ready\r\n";
    static constexpr std::string_view preauth =
        "* PREAUTH [CAPABILITY IMAP4rev1 IDLE UIDPLUS MOVE ENABLE CONDSTORE] welcome\r\n";

    scripted_peer() = default;
    ~scripted_peer() {
        connected.reset();
        // Who still waits for the server, in a handshake say, learns that there is none any more.
        if (link)
            link->hang_up();
        settle();
    }

    /// Connects, with this greeting.
    void connect(std::string_view greeting = preauth, connect_options options = connect_options()) {
        if (options.mode() == tls_mode::implicit)
            options.tls(tls_mode::none);
        options.clock(time);
        auto transport = std::make_unique<memory_stream>(io.get_executor(), link);
        connecting = start(coimap::connect(std::move(transport), "server.example", options));
        link->send(greeting);
        settle();
        if (connecting->done && !connecting->problem)
            connected.emplace(std::move(*connecting->value));
    }

    coimap::client& client() {
        BOOST_REQUIRE(connected.has_value());
        return *connected;
    }

    /// Selects INBOX with so many messages.
    mailbox select(std::uint32_t exists = 3) {
        const auto opened = start(client().select("INBOX"));
        settle();
        const std::string tag = expect("SELECT INBOX");
        serve("* " + std::to_string(exists) +
              " EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 100] ok\r\n" + tag +
              " OK [READ-WRITE] done\r\n");
        BOOST_REQUIRE(opened->done && !opened->problem);
        return *opened->value;
    }

    /// Runs a coroutine; the outcome is there once it has ended.
    template<class T>
    std::shared_ptr<outcome<T>> start(asio::awaitable<T> what) {
        auto result = std::make_shared<outcome<T>>();
        asio::co_spawn(io, std::move(what),
                       asio::bind_cancellation_slot(result->cancellation.slot(),
                                                    [result](std::exception_ptr problem, T value) {
                                                        result->done = true;
                                                        result->problem = std::move(problem);
                                                        if (!result->problem)
                                                            result->value.emplace(std::move(value));
                                                    }));
        settle();
        return result;
    }
    std::shared_ptr<outcome<nothing>> start(asio::awaitable<void> what) {
        auto result = std::make_shared<outcome<nothing>>();
        asio::co_spawn(
            io, std::move(what),
            asio::bind_cancellation_slot(result->cancellation.slot(), [result](std::exception_ptr problem) {
                result->done = true;
                result->problem = std::move(problem);
            }));
        settle();
        return result;
    }

    /// Everything that can happen now, happens.
    void settle() {
        io.restart();
        while (io.poll() != 0) {
        }
    }

    void advance(std::chrono::steady_clock::duration by) {
        time.advance(by, [this] { settle(); });
    }

    /// The server sends; the client reacts.
    void serve(std::string_view octets) {
        link->send(octets);
        settle();
    }

    /// What the client has sent since it was asked last.
    std::string take_sent() { return std::exchange(link->to_server, {}); }
    bool silent() const { return link->to_server.empty(); }

    /// The next line that the client sent is `tag command`; its tag.
    std::string expect(std::string_view command) {
        const std::string line = take_line();
        const auto space = line.find(' ');
        BOOST_REQUIRE_MESSAGE(space != std::string::npos && line.substr(space + 1) == command,
                              "expected \"" << command << "\", got \"" << line << "\"");
        return line.substr(0, space);
    }

    /// The next line is exactly this.
    void expect_line(std::string_view expected) {
        const std::string line = take_line();
        BOOST_REQUIRE_EQUAL(line, expected);
    }

    std::string take_line() {
        const auto end = link->to_server.find("\r\n");
        BOOST_REQUIRE_MESSAGE(end != std::string::npos,
                              "no line was sent, but \"" << link->to_server << "\"");
        std::string line = link->to_server.substr(0, end);
        link->to_server.erase(0, end + 2);
        return line;
    }

    /// The connection serves a command, now.
    void require_usable() {
        const auto noop = start(client().noop());
        const std::string tag = expect("NOOP");
        serve(tag + " OK done\r\n");
        BOOST_REQUIRE(noop->done);
        BOOST_REQUIRE(!noop->problem);
        BOOST_REQUIRE(client().is_open());
    }

    /// The connection is gone, and said so.
    void require_closed() {
        BOOST_REQUIRE(!client().is_open());
        BOOST_REQUIRE(link->closed_by_client);
        const auto noop = start(client().noop());
        BOOST_REQUIRE(noop->done && noop->problem);
    }

    /// Every event that waits.
    std::vector<event> events() {
        std::vector<event> all;
        while (auto next = client().poll_event())
            all.push_back(*std::move(next));
        return all;
    }

    template<class Event>
    std::vector<Event> events_of() {
        std::vector<Event> found;
        for (const event& each : events())
            if (const auto* match = std::get_if<Event>(&each))
                found.push_back(*match);
        return found;
    }

    asio::io_context io{1};
    manual_clock time;
    std::shared_ptr<memory_link> link = std::make_shared<memory_link>();
    std::shared_ptr<outcome<coimap::client>> connecting;
    std::optional<coimap::client> connected;
};

} // namespace coimap::test
