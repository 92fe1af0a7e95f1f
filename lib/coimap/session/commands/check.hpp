#pragma once
// CHECK (RFC 3501 section 6.4.1): a checkpoint of the selected mailbox, whatever the server makes of it.
//
//   sends     CHECK
//   yields    nothing
//   fallback  IMAP4rev2 has no CHECK and says that NOOP does as well (RFC 9051 appendix E): NOOP is sent
//             there

#include "coimap/session/commands/support.hpp"

namespace coimap::commands {

class check_command : public command_of<void> {
public:
    std::string_view name() const noexcept override { return "CHECK"; }
    pipelining_traits traits() const noexcept override { return {command_effect::needs_selected, {}}; }

    std::error_code write(wire::command_writer& out, const session_context& context) override {
        out.raw(speaks_rev2(context) ? "NOOP" : "CHECK");
        return {};
    }
};

} // namespace coimap::commands
