#pragma once
// What a verb works with.

#include "common/password.hpp"
#include "repl/reporter.hpp"

#include "coimap/client/client.hpp"
#include "coimap/client/server_url.hpp"
#include "coimap/sasl/credentials.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace coimap::tools {

struct repl_context {
    repl_context(client with, server_url at, password_sources sources, reporter& to)
        : connection(std::move(with)), where(std::move(at)), passwords(std::move(sources)), out(to) {}

    client connection;
    server_url where; ///< host, and whose password is asked for
    password_sources passwords;
    std::string mechanism;
    std::optional<sasl::credentials> who; ///< is logged in, or was when the connection was lost
    reporter& out;

    std::optional<coimap::mailbox> selected;
    std::vector<std::string> mailboxes;                          ///< names for completion
    std::function<asio::awaitable<void>()> stop_background_idle; ///< empty when there is none
    std::function<asio::awaitable<void>()> reconnect;            ///< empty when a lost connection is the end
    std::function<bool()> has_line; ///< whether the next command was typed already; empty when nobody types
    bool line_ends_it = false;      ///< the verb that runs gives way to the next command
    bool interactive = false;
    bool ready = false;    ///< logged in, as far as the command line asked for it
    bool finished = false; ///< the program ends behind this verb

    /// The selected mailbox; throws usage_error when there is none.
    coimap::mailbox& mailbox();
};

/// Logs in as the user whom the URL, --user or the verb names. Throws usage_error when no password can be
/// had.
asio::awaitable<void> log_in(repl_context& context);

} // namespace coimap::tools
