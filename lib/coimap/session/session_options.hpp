#pragma once
// What a session is told when it is made.

#include "coimap/core/limits.hpp"
#include "coimap/wire/response.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace coimap {

/// Durations of a connection's life; each passing is its own error.
struct timings {
    /// No octet came for so long although an answer was due: errc::inactivity_timeout, and the connection
    /// closes.
    std::chrono::milliseconds inactivity = std::chrono::seconds(60);

    /// idle() renews itself after so long (RFC 2177: before the server's 30 minutes; some servers want less).
    std::chrono::milliseconds idle_renewal = std::chrono::minutes(9);

    /// Without the IDLE capability idle() sends a NOOP so often.
    std::chrono::milliseconds poll_interval = std::chrono::seconds(30);

    /// After other commands interrupted idle() it idles again once nothing was asked for so long.
    std::chrono::milliseconds idle_resume = std::chrono::milliseconds(50);

    /// DONE and the `*` that ends AUTHENTICATE must be answered within this, or the connection closes.
    std::chrono::milliseconds grace = std::chrono::seconds(10);

    /// When nothing but answers that nobody waits for any more came for so long, the connection closes: while
    /// they are read and dropped, they hold up the others. A pause of the application's own does not count.
    std::chrono::milliseconds drain = std::chrono::minutes(5);

    /// LOGOUT is answered within this, or the connection closes all the same, which is no error.
    std::chrono::milliseconds logout = std::chrono::seconds(2);
};

struct session_options {
    coimap::limits limits;
    coimap::timings timings;

    /// Nothing but STARTTLS is said or believed until secured() was called.
    bool tls_required = false;

    /// The octets travel protected already.
    bool secure = false;

    /// The start of every tag: a letter, then anything that others cannot guess.
    std::string tag_prefix = "C";

    /// Responses and codes of the program's own.
    std::vector<const wire::rule*> extra_rules;
    std::vector<const wire::rule*> extra_code_rules;
};

} // namespace coimap
