#pragma once
// CREATE (RFC 9051 section 6.3.4), with a special use (RFC 6154 section 3).
//
//   sends   CREATE mailbox [(USE (\Drafts ...))]
//   yields  nothing
//   errors  errc::not_supported for a special use without CREATE-SPECIAL-USE; errc::invalid_argument for a
//           name that cannot be sent or is empty, and for what is no attribute

#include "coimap/session/command.hpp"

#include <string>
#include <vector>

namespace coimap::commands {

class create_command : public command_of<void> {
public:
    /// The attributes as LIST shows them: `\Sent`.
    explicit create_command(mailbox_name mailbox,
                            std::vector<std::string> special_use = std::vector<std::string>())
        : mailbox_(std::move(mailbox)), special_use_(std::move(special_use)) {}

    std::string_view name() const noexcept override { return "CREATE"; }
    pipelining_traits traits() const noexcept override { return {command_effect::needs_authenticated, {}}; }
    std::error_code write(wire::command_writer& out, const session_context& context) override;

private:
    mailbox_name mailbox_;
    std::vector<std::string> special_use_;
};

} // namespace coimap::commands
