#pragma once
// `coimap bench`: the engine, the raw reader and other IMAP clients at the same work, side by side.

#include "common/exit_status.hpp"

#include <span>
#include <string_view>

namespace coimap::tools {

exit_status run_bench(std::span<const std::string_view> words);

} // namespace coimap::tools
