#pragma once
// Where the outcome of a command goes.

#include "coimap/core/error.hpp"

#include <system_error>

namespace coimap {

/// Told once, from within session calls: it must not call the session back.
class completion {
public:
    virtual ~completion() = default;

    /// The command ended: with an OK (no error), or not. `details` says what the server said.
    virtual void on_done(std::error_code code, diagnostics details) noexcept = 0;
};

} // namespace coimap
