#pragma once

#include "common/exit_status.hpp"

#include <span>
#include <string_view>

namespace coimap::tools {

/// `coimap parse`: a server's octets on standard input, one JSON object a response on standard output.
exit_status run_parse(std::span<const std::string_view> words);

} // namespace coimap::tools
