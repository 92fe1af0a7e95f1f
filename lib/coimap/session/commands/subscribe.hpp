#pragma once
// SUBSCRIBE (RFC 9051 section 6.3.7): adds a mailbox to those that programs show.
//
//   sends   SUBSCRIBE mailbox
//   yields  nothing
//   errors  errc::invalid_argument for a name that cannot be sent or is empty

#include "coimap/session/command.hpp"

namespace coimap::commands {

class subscribe_command : public command_of<void> {
public:
    explicit subscribe_command(mailbox_name mailbox) : mailbox_(std::move(mailbox)) {}

    std::string_view name() const noexcept override { return "SUBSCRIBE"; }
    pipelining_traits traits() const noexcept override { return {command_effect::needs_authenticated, {}}; }

    std::error_code write(wire::command_writer& out, const session_context&) override {
        if (mailbox_.text().empty())
            return errc::invalid_argument;
        out.raw("SUBSCRIBE ").mailbox(mailbox_);
        return {};
    }

private:
    mailbox_name mailbox_;
};

} // namespace coimap::commands
