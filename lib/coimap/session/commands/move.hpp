#pragma once
// MOVE and UID MOVE (RFC 6851, RFC 9051 sections 6.4.8 and 6.4.9).
//
//   sends     [UID ]MOVE set mailbox
//   yields    copy_result, when the server tells: COPYUID comes untagged as the RFC has it, or tagged
//   events    the EXPUNGE or VANISHED responses of what has left the mailbox
//   errors    errc::not_supported without MOVE or IMAP4rev2; else those of COPY
//   fallback  the caller's: COPY, STORE +FLAGS.SILENT (\Deleted), UID EXPUNGE (RFC 6851 section 3.3)

#include "coimap/session/commands/copy.hpp"

namespace coimap::commands {

class move_command : public copy_command {
public:
    move_command(message_set messages, mailbox_name mailbox)
        : copy_command(std::move(messages), std::move(mailbox)) {}

    std::string_view name() const noexcept override { return messages_.by_uid() ? "UID MOVE" : "MOVE"; }

    /// A family of its own: untagged COPYUID does not say which MOVE it belongs to.
    pipelining_traits traits() const noexcept override {
        return {effect_of(messages_.by_uid(), false), "MOVE"};
    }

    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
};

} // namespace coimap::commands
