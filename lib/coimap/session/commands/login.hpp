#pragma once
// LOGIN (RFC 9051 section 6.2.3): a user name and a password in clear. Whether they may leave without TLS
// is decided above; the command itself honours LOGINDISABLED.
//
//   sends   LOGIN "user" "password", as literals where they cannot be quoted: some servers refuse literals
//           here
//   yields  nothing
//   errors  errc::login_disabled (nothing sent); errc::invalid_argument for control characters in the
//           user's name and for NUL in the password; errc::authentication_failed for NO

#include "coimap/core/secret.hpp"
#include "coimap/session/command.hpp"

namespace coimap::commands {

class login_command : public command_of<void> {
public:
    login_command(std::string user, secret password)
        : user_(std::move(user)), password_(std::move(password)) {}

    std::string_view name() const noexcept override { return "LOGIN"; }

    /// Exclusive: the state, the capabilities and perhaps the mailboxes' names are others afterwards.
    pipelining_traits traits() const noexcept override {
        return {command_effect::exclusive | command_effect::needs_not_authenticated, {}};
    }

    coimap::transition transition() const noexcept override { return coimap::transition::authenticates; }
    std::error_code write(wire::command_writer& out, const session_context& context) override;
    std::error_code on_tagged(const wire::status_response& state, session_context& context) override;
    std::string mask_secrets(std::string_view text) const override;

private:
    std::string user_;
    secret password_;
};

} // namespace coimap::commands
