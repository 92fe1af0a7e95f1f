// From a host name to a client: one deadline over all of it.

#include "coimap/client/client.hpp"

#include "coimap/client/server_url.hpp"
#include "coimap/net/connection.hpp"
#include "coimap/net/dialer.hpp"
#include "coimap/net/openssl_crypto.hpp"
#include "coimap/net/process_stream.hpp"
#include "coimap/session/commands/capability.hpp"
#include "coimap/session/commands/starttls.hpp"

#include <asio/error.hpp>
#include <asio/this_coro.hpp>

#include <array>
#include <cerrno>
#include <sys/random.h>

namespace coimap {
namespace {

using time_point = std::chrono::steady_clock::time_point;

/// A letter, then what nobody can guess: an answer cannot be forged for a command that was not sent yet.
std::string make_tag_prefix() {
    constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    // The system's: to set up OpenSSL's takes megabytes, which a connection without TLS has no use for, and
    // std::random_device looks anew for what the processor offers, which takes long on a virtual one.
    std::array<unsigned char, 4> random{};
    if (::getentropy(random.data(), random.size()) != 0)
        throw error(std::error_code(errno, std::generic_category()));
    std::string prefix;
    for (const unsigned char each : random)
        prefix += letters[each % letters.size()];
    return prefix;
}

session_options make_session_options(const connect_options& options) {
    session_options made;
    made.limits = options.limits();
    made.timings = options.timings();
    made.tls_required = options.mode() == tls_mode::starttls;
    made.secure = options.mode() == tls_mode::implicit;
    made.tag_prefix = make_tag_prefix();
    made.extra_rules = options.response_rules();
    made.extra_code_rules = options.code_rules();
    return made;
}

/// Closes the stream or the connection when the time for connecting is over.
class deadline {
public:
    deadline(const clock& source, asio::any_io_executor executor, time_point when,
             std::function<void()> close)
        : alarm_(source.make_alarm(std::move(executor))) {
        alarm_->set(when, [expired = expired_, close = std::move(close)] {
            *expired = true;
            close();
        });
    }
    deadline(const deadline&) = delete;
    deadline& operator=(const deadline&) = delete;

    bool expired() const noexcept { return *expired_; }

private:
    std::shared_ptr<bool> expired_ = std::make_shared<bool>(false);
    std::unique_ptr<alarm> alarm_;
};

/// Ends the connection unless it became a client.
struct closing_guard {
    std::shared_ptr<connection> core;
    explicit closing_guard(std::shared_ptr<connection> what) : core(std::move(what)) {}
    closing_guard(const closing_guard&) = delete;
    closing_guard& operator=(const closing_guard&) = delete;
    ~closing_guard() {
        if (core)
            core->close(make_error_code(errc::closed));
    }
};

[[noreturn]] void throw_late(std::string host) {
    diagnostics details;
    details.operation = "connect to " + std::move(host);
    details.connection_usable = false;
    throw error(make_error_code(errc::connect_timed_out), details);
}

asio::awaitable<client> establish(std::unique_ptr<stream> transport, std::string host,
                                  connect_options options, time_point until) {
    const clock& time = options.clock() != nullptr ? *options.clock() : steady_clock();
    const asio::any_io_executor executor = transport->executor();
    std::shared_ptr<const tls_context> tls;
    if (options.mode() != tls_mode::none)
        tls = tls_context::of(options.tls());

    if (options.mode() == tls_mode::implicit) {
        auto protected_stream = std::make_unique<tls_stream>(std::move(transport), tls, host);
        tls_stream* const raw = protected_stream.get();
        transport = std::move(protected_stream);
        std::optional<error> failure;
        {
            const deadline limit(time, executor, until, [raw] { raw->close(); });
            try {
                co_await raw->handshake();
            } catch (const error& problem) {
                failure = problem;
            } catch (const std::system_error& problem) {
                failure = error(problem.code());
            }
            if (limit.expired())
                throw_late(host);
        }
        if (failure)
            throw *failure;
        if (options.trace())
            options.trace()->note(transport->description());
    }

    connection_parts parts;
    parts.stream = std::move(transport);
    parts.options = make_session_options(options);
    parts.clock = &time;
    parts.trace = options.trace();
    parts.tls = tls;
    parts.host = host;
    auto core = std::make_shared<connection>(std::move(parts));
    closing_guard guard(core);
    core->start();

    std::optional<error> failure;
    {
        const std::weak_ptr<connection> weak = core;
        const deadline limit(time, executor, until, [weak] {
            if (const auto alive = weak.lock())
                alive->close(make_error_code(errc::connect_timed_out));
        });
        try {
            co_await core->ready();
            if (options.mode() == tls_mode::starttls) {
                pending asked(core->submit(std::make_shared<commands::starttls_command>()));
                co_await asked.wait();
                co_await core->ready();
            }
            if (!core->session().caps().known()) {
                pending asked(core->submit(std::make_shared<commands::capability_command>()));
                co_await asked.wait();
            }
        } catch (const error& problem) {
            failure = problem;
        }
        if (limit.expired())
            throw_late(host);
    }
    if (failure) {
        diagnostics details = failure->details();
        if (details.operation.empty())
            details.operation = "connect to " + host;
        std::error_code code = failure->code();
        // A server that does not offer STARTTLS, or refuses it, cannot be used at all.
        if (failure->kind() == error_kind::refused || code == make_error_code(errc::not_supported))
            code = make_error_code(errc::tls_required);
        else if (failure->kind() == error_kind::cancelled)
            code = asio::error::operation_aborted;
        details.connection_usable = false;
        throw error(code, details);
    }
    guard.core.reset();
    client made(std::move(core), options.allows_cleartext_authentication());
    co_return made;
}

asio::awaitable<std::unique_ptr<stream>> way_to(std::string host, std::uint16_t port, std::optional<proxy> by,
                                                time_point until) {
    if (by)
        return dial_through(*std::move(by), std::move(host), port, until);
    return dial(std::move(host), port, until);
}

} // namespace

asio::awaitable<client> connect(std::unique_ptr<stream> transport, std::string host,
                                connect_options options) {
    const time_point until =
        (options.clock() != nullptr ? options.clock()->now() : std::chrono::steady_clock::now()) +
        options.timeout();
    return establish(std::move(transport), std::move(host), std::move(options), until);
}

asio::awaitable<client> connect(std::string host, std::uint16_t port, connect_options options) {
    const time_point until = std::chrono::steady_clock::now() + options.timeout();
    bool resumes = options.mode() != tls_mode::none && tls_context::of(options.tls())->has_session(host);
    for (;;) {
        std::unique_ptr<stream> transport = co_await way_to(host, port, options.proxy(), until);
        try {
            client made = co_await establish(std::move(transport), host, options, until);
            co_return made;
        } catch (const error& problem) {
            // Some servers that ask for certificates (Dovecot) cut off whoever takes up a session.
            if (!resumes || problem.code() != make_error_code(errc::tls_failed))
                throw;
        }
        resumes = false;
    }
}

asio::awaitable<client> connect(std::string url, connect_options options) {
    const server_url where = parse_server_url(url);
    if (where.implicit_tls)
        options.tls(tls_mode::implicit);
    else if (options.mode() == tls_mode::implicit)
        options.tls(tls_mode::starttls);
    std::string host = where.host;
    client made = co_await connect(std::move(host), where.port, std::move(options));
    co_return made;
}

asio::awaitable<client> connect_by_command(std::vector<std::string> command, connect_options options) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    if (options.mode() == tls_mode::implicit)
        options.tls(tls_mode::none);
    auto transport = std::make_unique<process_stream>(executor, command);
    std::string name = command.front();
    client made = co_await connect(std::move(transport), std::move(name), std::move(options));
    co_return made;
}

} // namespace coimap
