#pragma once
// UNSELECT (RFC 3691, RFC 9051 section 6.4.2): deselects the mailbox and leaves its messages alone.
//
//   sends     UNSELECT
//   yields    nothing
//   errors    errc::not_supported without UNSELECT or IMAP4rev2
//   fallback  the caller's: EXAMINE and then CLOSE come to the same

#include "coimap/session/commands/support.hpp"

namespace coimap::commands {

class unselect_command : public command_of<void> {
public:
    std::string_view name() const noexcept override { return "UNSELECT"; }

    /// Exclusive: no mailbox is selected behind it.
    pipelining_traits traits() const noexcept override {
        return {command_effect::exclusive | command_effect::needs_selected, {}};
    }

    coimap::transition transition() const noexcept override { return coimap::transition::deselects; }

    std::error_code write(wire::command_writer& out, const session_context& context) override {
        if (!has_or_rev2(context, "UNSELECT"))
            return errc::not_supported;
        out.raw("UNSELECT");
        return {};
    }
};

} // namespace coimap::commands
