#pragma once
// RENAME (RFC 9051 section 6.3.6): gives a mailbox, and those below it, another name. Of INBOX the messages
// move, and INBOX stays.
//
//   sends   RENAME from to
//   yields  nothing
//   errors  errc::invalid_argument for a name that cannot be sent or is empty

#include "coimap/session/command.hpp"

namespace coimap::commands {

class rename_command : public command_of<void> {
public:
    rename_command(mailbox_name from, mailbox_name to) : from_(std::move(from)), to_(std::move(to)) {}

    std::string_view name() const noexcept override { return "RENAME"; }
    pipelining_traits traits() const noexcept override { return {command_effect::needs_authenticated, {}}; }

    std::error_code write(wire::command_writer& out, const session_context&) override {
        if (from_.text().empty() || to_.text().empty())
            return errc::invalid_argument;
        out.raw("RENAME ").mailbox(from_).sp().mailbox(to_);
        return {};
    }

private:
    mailbox_name from_;
    mailbox_name to_;
};

} // namespace coimap::commands
