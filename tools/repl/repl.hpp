#pragma once

#include "common/exit_status.hpp"

#include <span>
#include <string_view>

namespace coimap::tools {

/// `coimap repl`: a session at a prompt, or a batch of commands.
exit_status run_repl(std::span<const std::string_view> words);

} // namespace coimap::tools
