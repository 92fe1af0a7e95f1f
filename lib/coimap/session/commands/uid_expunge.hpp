#pragma once
// UID EXPUNGE (RFC 4315 section 2.1, RFC 9051 section 6.4.9): removes those of these messages that have
// \Deleted, and leaves what somebody else has marked alone.
//
//   sends   UID EXPUNGE set
//   yields  expunge_result, as EXPUNGE
//   errors  errc::not_supported without UIDPLUS or IMAP4rev2; errc::invalid_argument for an empty set

#include "coimap/session/commands/expunge.hpp"

namespace coimap::commands {

class uid_expunge_command : public expunge_command {
public:
    explicit uid_expunge_command(uid_set uids) : uids_(std::move(uids)) {}

    std::string_view name() const noexcept override { return "UID EXPUNGE"; }
    std::error_code write(wire::command_writer& out, const session_context& context) override;

private:
    uid_set uids_;
};

} // namespace coimap::commands
