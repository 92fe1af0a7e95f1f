#pragma once
// LOGOUT (RFC 9051 section 6.1.3): says goodbye and lets the server close the connection.
//
//   sends   LOGOUT
//   yields  nothing; `* BYE` is the expected answer, and a tagged BYE (imap.wp.pl) is as good as OK

#include "coimap/session/command.hpp"

namespace coimap::commands {

class logout_command : public command_of<void> {
public:
    std::string_view name() const noexcept override { return "LOGOUT"; }

    /// Exclusive: behind it nothing can be sent, and what is under way should be answered before.
    pipelining_traits traits() const noexcept override { return {command_effect::exclusive, {}}; }

    coimap::transition transition() const noexcept override { return coimap::transition::logs_out; }

    std::error_code write(wire::command_writer& out, const session_context&) override {
        out.raw("LOGOUT");
        return {};
    }

    claim on_untagged(const wire::response& response, session_context&) override {
        const bool bye =
            response.type == wire::response::kind::status && response.state.status == wire::status::bye;
        return bye ? claim::mine : claim::not_mine;
    }
};

} // namespace coimap::commands
