#pragma once
// STARTTLS (RFC 9051 section 6.2.1).
//
//   sends   STARTTLS
//   yields  nothing; after the OK the TLS handshake begins, and every octet behind that OK is an attack
//   errors  errc::not_supported when the server is known not to offer it

#include "coimap/session/commands/support.hpp"

namespace coimap::commands {

class starttls_command : public command_of<void> {
public:
    std::string_view name() const noexcept override { return "STARTTLS"; }

    /// Exclusive by RFC 9051 section 6.2.1: the client MUST NOT issue further commands until the answer is
    /// seen.
    pipelining_traits traits() const noexcept override {
        return {command_effect::exclusive | command_effect::needs_not_authenticated, {}};
    }

    coimap::transition transition() const noexcept override { return coimap::transition::starts_tls; }

    std::error_code write(wire::command_writer& out, const session_context& context) override {
        if (context.caps().known() && !context.caps().has("STARTTLS"))
            return errc::not_supported;
        out.raw("STARTTLS");
        return {};
    }
};

} // namespace coimap::commands
