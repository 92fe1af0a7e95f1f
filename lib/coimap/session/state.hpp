#pragma once
// The states of a session (RFC 9051 section 3).

#include <cstdint>

namespace coimap {

enum class session_state : std::uint8_t {
    greeting, ///< connected, the greeting is awaited
    not_authenticated,
    authenticated,
    selected,
    logout, ///< ended
};

} // namespace coimap
