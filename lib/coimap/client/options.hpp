#pragma once
// How a client connects, and what it may do. Setters return the options, so that they chain; a temporary of
// it is safe in a co_await expression on g++ 12.

#include "coimap/core/limits.hpp"
#include "coimap/net/proxy/proxy.hpp"
#include "coimap/net/tls_options.hpp"
#include "coimap/session/session_options.hpp"

#include <chrono>
#include <memory>
#include <optional>

namespace coimap {

class trace;
class clock;

/// There is no opportunistic mode: TLS is either there or the connection is not (RFC 8314).
enum class tls_mode {
    implicit, ///< TLS from the first octet, port 993
    starttls, ///< the STARTTLS command, port 143; nothing else is said or believed before it
    none,     ///< in the clear
};

class connect_options {
public:
    connect_options() {}

    connect_options& tls(tls_mode mode) { return mode_ = mode, *this; }
    connect_options& tls(tls_options options) { return tls_ = std::move(options), *this; }

    /// Shorthand for the most common of the TLS options.
    connect_options& ca_file(std::string path) { return tls_.ca_file(std::move(path)), *this; }

    /// Passwords and tokens may be sent without TLS on this connection.
    connect_options& allow_cleartext_authentication(bool yes = true) { return cleartext_ = yes, *this; }

    /// Over resolving, connecting, TLS and the greeting together.
    connect_options& timeout(std::chrono::milliseconds limit) { return timeout_ = limit, *this; }

    /// The way to the server leads by this proxy, which resolves its name. TLS is the server's all the same.
    connect_options& proxy(coimap::proxy by) { return proxy_ = std::move(by), *this; }

    connect_options& limits(const coimap::limits& value) { return limits_ = value, *this; }
    connect_options& timings(const coimap::timings& value) { return timings_ = value, *this; }

    /// No octet for so long although an answer is due ends the connection (errc::inactivity_timeout).
    connect_options& inactivity(std::chrono::milliseconds limit) {
        return timings_.inactivity = limit, *this;
    }

    /// What goes over the wire, without secrets; kept alive by the connection.
    connect_options& trace(std::shared_ptr<coimap::trace> log) { return trace_ = std::move(log), *this; }

    /// Another clock than the machine's; must outlive the connection. For tests.
    connect_options& clock(const coimap::clock& source) { return clock_ = &source, *this; }

    /// A response type of the program's own, asked before the library's. Must outlive the connection.
    connect_options& response_rule(const wire::rule& rule) { return rules_.push_back(&rule), *this; }
    connect_options& code_rule(const wire::rule& rule) { return code_rules_.push_back(&rule), *this; }

    tls_mode mode() const noexcept { return mode_; }
    const tls_options& tls() const noexcept { return tls_; }
    bool allows_cleartext_authentication() const noexcept { return cleartext_; }
    std::chrono::milliseconds timeout() const noexcept { return timeout_; }
    const std::optional<coimap::proxy>& proxy() const noexcept { return proxy_; }
    const coimap::limits& limits() const noexcept { return limits_; }
    const coimap::timings& timings() const noexcept { return timings_; }
    const std::shared_ptr<coimap::trace>& trace() const noexcept { return trace_; }
    const coimap::clock* clock() const noexcept { return clock_; }
    const std::vector<const wire::rule*>& response_rules() const noexcept { return rules_; }
    const std::vector<const wire::rule*>& code_rules() const noexcept { return code_rules_; }

private:
    tls_mode mode_ = tls_mode::implicit;
    tls_options tls_;
    bool cleartext_ = false;
    std::chrono::milliseconds timeout_ = std::chrono::seconds(30);
    std::optional<coimap::proxy> proxy_;
    coimap::limits limits_;
    coimap::timings timings_;
    std::shared_ptr<coimap::trace> trace_;
    const coimap::clock* clock_ = nullptr;
    std::vector<const wire::rule*> rules_;
    std::vector<const wire::rule*> code_rules_;
};

} // namespace coimap
