#pragma once
// CLOSE (RFC 9051 section 6.4.1): expunges what is \Deleted, without a word about it, and deselects the
// mailbox.
//
//   sends   CLOSE
//   yields  nothing

#include "coimap/session/command.hpp"

namespace coimap::commands {

class close_command : public command_of<void> {
public:
    std::string_view name() const noexcept override { return "CLOSE"; }

    /// Exclusive: no mailbox is selected behind it.
    pipelining_traits traits() const noexcept override {
        return {command_effect::exclusive | command_effect::needs_selected, {}};
    }

    coimap::transition transition() const noexcept override { return coimap::transition::deselects; }

    std::error_code write(wire::command_writer& out, const session_context&) override {
        out.raw("CLOSE");
        return {};
    }
};

} // namespace coimap::commands
