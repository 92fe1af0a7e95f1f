#pragma once
// NOOP (RFC 9051 section 6.1.2): does nothing, but lets the server tell what is new and resets its timer.
//
//   sends   NOOP
//   yields  nothing; news arrives as events

#include "coimap/session/command.hpp"

namespace coimap::commands {

class noop_command : public command_of<void> {
public:
    std::string_view name() const noexcept override { return "NOOP"; }

    /// May bring EXPUNGE, so no command by sequence number may follow at once.
    pipelining_traits traits() const noexcept override { return {}; }

    std::error_code write(wire::command_writer& out, const session_context&) override {
        out.raw("NOOP");
        return {};
    }
};

} // namespace coimap::commands
