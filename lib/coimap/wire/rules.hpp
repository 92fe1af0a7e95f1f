#pragma once
// The one list of what the library knows: every type of untagged response and every response code.

#include "coimap/wire/response.hpp"

#include <span>
#include <string_view>

namespace coimap::wire {

std::span<const rule* const> response_rules() noexcept;
std::span<const rule* const> code_rules() noexcept;

/// By name without case, the program's own first; nullptr when nobody knows it.
const rule* find_response_rule(std::string_view name, const parse_options& options) noexcept;
const rule* find_code_rule(std::string_view name, const parse_options& options) noexcept;

} // namespace coimap::wire
