#pragma once
// LSUB (RFC 3501 section 6.3.9): the subscribed mailboxes.
//
//   sends     LSUB reference pattern
//   yields    a mailbox_entry for each LSUB response; LIST responses are taken as well, since some servers
//             answer so
//   fallback  IMAP4rev2 has no LSUB (Exchange answers BAD): LIST (SUBSCRIBED) reference pattern is sent there
//   errors    errc::invalid_argument for what cannot be sent

#include "coimap/session/commands/mailbox_entry.hpp"

#include <string>
#include <vector>

namespace coimap::commands {

class lsub_command : public command_of<std::vector<mailbox_entry>> {
public:
    lsub_command(mailbox_name reference, std::string pattern)
        : reference_(std::move(reference)), pattern_(std::move(pattern)) {}

    std::string_view name() const noexcept override { return "LSUB"; }
    pipelining_traits traits() const noexcept override {
        return {command_effect::needs_authenticated, "LIST"};
    }
    bool overlaps_safely(const command& earlier) const noexcept override;
    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
    void on_abandoned() noexcept override;
    std::vector<mailbox_entry> take_result() override { return std::move(entries_); }

private:
    mailbox_name reference_;
    std::string pattern_;
    std::vector<mailbox_entry> entries_;
    bool abandoned_ = false;
};

} // namespace coimap::commands
