#pragma once
// STATUS (RFC 9051 section 6.3.11): numbers about a mailbox that need not be selected.
//
//   sends   STATUS mailbox (MESSAGES UNSEEN ...)
//   yields  status_values, from the STATUS responses that name this mailbox
//   errors  errc::not_supported for an item that the server does not have; errc::invalid_argument for none,
//           and for a name that cannot be sent

#include "coimap/session/commands/status_items.hpp"

namespace coimap::commands {

class status_command : public command_of<status_values> {
public:
    status_command(mailbox_name mailbox, status_items items) : mailbox_(std::move(mailbox)), items_(items) {}

    std::string_view name() const noexcept override { return "STATUS"; }

    /// Of LIST's family, since LIST may be answered with STATUS responses, too.
    pipelining_traits traits() const noexcept override {
        return {command_effect::needs_authenticated, "LIST"};
    }

    /// With any STATUS of another mailbox, and with a LIST that asks for no status.
    bool overlaps_safely(const command& earlier) const noexcept override;

    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
    status_values take_result() override { return std::move(result_); }

private:
    mailbox_name mailbox_;
    status_items items_;
    std::string wire_name_;
    status_values result_;
};

} // namespace coimap::commands
