#pragma once
// A coroutine against the shared Dovecot: what it throws fails the test case, and so does one that never
// ends.

#include "coimap/coimap.hpp"
#include "support/dovecot.hpp"

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <exception>
#include <string>
#include <utility>

namespace coimap::test {

using namespace std::chrono_literals;

inline void run(asio::awaitable<void> what, std::chrono::seconds limit = 120s) {
    asio::io_context context;
    std::exception_ptr problem;
    bool done = false;
    asio::co_spawn(context, std::move(what), [&](std::exception_ptr thrown) {
        problem = std::move(thrown);
        done = true;
    });
    context.run_for(limit);
    BOOST_REQUIRE_MESSAGE(done, "it did not end in time");
    if (problem)
        std::rethrow_exception(problem);
}

inline connect_options trusting(const dovecot& server) {
    return connect_options().ca_file(server.ca_file().string());
}

inline std::string tls_url(const dovecot& server) {
    return "imaps://localhost:" + std::to_string(server.tls_port());
}

/// Logged in over TLS.
inline asio::awaitable<client> log_in(dovecot& server, std::string user, connect_options options) {
    client made = co_await connect(tls_url(server), options);
    co_await made.login(std::move(user), "secret");
    co_return made;
}
inline asio::awaitable<client> log_in(dovecot& server, std::string user) {
    return log_in(server, std::move(user), trusting(server));
}

/// The code that an awaitable fails with; a default-constructed one when it does not.
template<class T>
asio::awaitable<std::error_code> failure_of(asio::awaitable<T> what) {
    std::error_code code;
    try {
        co_await std::move(what);
    } catch (const std::system_error& problem) {
        code = problem.code();
    }
    co_return code;
}

} // namespace coimap::test
