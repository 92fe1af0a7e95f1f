#pragma once
// AUTHENTICATE (RFC 9051 section 6.2.2) with SASL-IR (RFC 4959): carries a mechanism's messages in base64.
//
//   sends   AUTHENTICATE MECHANISM [initial response], `=` for one that is empty; then a line a challenge
//   yields  nothing
//   abort   `*`, when the program gives up, when a challenge is no base64 (errc::bad_challenge), or when
//           the mechanism fails (its own error)
//   errors  errc::authentication_failed for NO; errc::server_not_authentic for an OK that the mechanism
//           does not believe, which condemns the connection
//
// Which mechanism is fit, offered and allowed has been decided by whoever made it.

#include "coimap/core/secret.hpp"
#include "coimap/sasl/mechanism.hpp"
#include "coimap/session/command.hpp"

#include <memory>
#include <vector>

namespace coimap::commands {

class authenticate_command : public command_of<void> {
public:
    explicit authenticate_command(std::unique_ptr<sasl::mechanism> mechanism)
        : mechanism_(std::move(mechanism)) {}

    std::string_view name() const noexcept override { return "AUTHENTICATE"; }

    /// Exclusive: until the tagged answer every line that is sent is a response to a challenge.
    pipelining_traits traits() const noexcept override {
        return {command_effect::exclusive | command_effect::needs_not_authenticated, {}};
    }

    coimap::transition transition() const noexcept override { return coimap::transition::authenticates; }
    std::error_code write(wire::command_writer& out, const session_context& context) override;
    continuation_reply on_continuation(std::string_view text) override;
    std::optional<std::string_view> abort_line() const noexcept override { return "*"; }
    std::error_code on_tagged(const wire::status_response& state, session_context& context) override;
    bool fatal_on_error() const noexcept override { return true; }
    std::string mask_secrets(std::string_view text) const override;

    /// The mechanism, for what the server said within it.
    const sasl::mechanism& mechanism() const noexcept { return *mechanism_; }

private:
    result<std::string> answer(std::string_view challenge);
    std::string encode(std::string message);

    std::unique_ptr<sasl::mechanism> mechanism_;
    bool initial_due_ = false;
    std::error_code failure_;
    std::vector<secret> sent_; ///< to be masked should the server repeat them
};

} // namespace coimap::commands
