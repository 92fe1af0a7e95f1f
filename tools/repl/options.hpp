#pragma once
// The command line of `coimap repl`.

#include "common/arguments.hpp"
#include "common/password.hpp"

#include "coimap/client/options.hpp"
#include "coimap/client/server_url.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools {

struct repl_options {
    server_url where;
    connect_options connecting;
    password_sources passwords;
    std::vector<std::string> tunnel; ///< the program to speak with; empty: connect to the server
    std::string mechanism;
    std::vector<std::string> commands; ///< of -c
    bool json = false;
    bool help = false; ///< and nothing else
};

extern const synopsis repl_synopsis;

/// Throws usage_error, and coimap::error for a URL that is none.
repl_options parse_repl_options(std::span<const std::string_view> words);

} // namespace coimap::tools
