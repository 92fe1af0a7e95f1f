#pragma once
// DELETE (RFC 9051 section 6.3.5): removes a mailbox for good.
//
//   sends   DELETE mailbox
//   yields  nothing
//   errors  errc::invalid_argument for a name that cannot be sent or is empty

#include "coimap/session/command.hpp"

namespace coimap::commands {

class delete_command : public command_of<void> {
public:
    explicit delete_command(mailbox_name mailbox) : mailbox_(std::move(mailbox)) {}

    std::string_view name() const noexcept override { return "DELETE"; }
    pipelining_traits traits() const noexcept override { return {command_effect::needs_authenticated, {}}; }

    std::error_code write(wire::command_writer& out, const session_context&) override {
        if (mailbox_.text().empty())
            return errc::invalid_argument;
        out.raw("DELETE ").mailbox(mailbox_);
        return {};
    }

private:
    mailbox_name mailbox_;
};

} // namespace coimap::commands
