#pragma once
// Where the password comes from.

#include "coimap/core/secret.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace coimap::tools {

struct password_sources {
    std::optional<std::string> file;    ///< its first line
    std::optional<std::string> command; ///< the first line of what it prints: see run_password_command
    std::chrono::seconds command_timeout{30};
    bool may_ask = true; ///< on the terminal, as the last resort
};

struct found_password {
    coimap::secret octets;
    bool is_token = false; ///< a bearer token (COIMAP_TOKEN): XOAUTH2 or OAUTHBEARER
};

/// Asks the sources in this order: file, command, COIMAP_PASSWORD, COIMAP_TOKEN, a prompt on the terminal.
/// `whose` is shown there. Nothing when there is none. Throws usage_error or failure when a source that was
/// named does not yield one. The two variables are taken out of the environment.
std::optional<found_password> find_password(const password_sources& sources, const std::string& whose);

/// Runs a command and returns the first line of its output. `["prog","arg"]`, a JSON array of strings, is run
/// as it is; any other text is given to /bin/sh -c. A command that takes longer is killed with all that it
/// started.
coimap::secret run_password_command(const std::string& command, std::chrono::seconds timeout);

/// Asks on /dev/tty without showing what is typed. Nothing when there is no terminal or the user gave up.
std::optional<coimap::secret> ask_password(const std::string& prompt);

} // namespace coimap::tools
