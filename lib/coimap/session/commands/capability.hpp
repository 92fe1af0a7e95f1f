#pragma once
// CAPABILITY (RFC 9051 section 6.1.1).
//
//   sends   CAPABILITY
//   yields  what the server can do, from `* CAPABILITY` or from the tagged answer's response code; not
//           `known()` when it told neither

#include "coimap/session/capabilities.hpp"
#include "coimap/session/command.hpp"

namespace coimap::commands {

class capability_command : public command_of<capabilities> {
public:
    std::string_view name() const noexcept override { return "CAPABILITY"; }

    /// Any number may overlap: the answer is the same for all.
    pipelining_traits traits() const noexcept override { return {}; }

    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
    std::error_code on_tagged(const wire::status_response& state, session_context& context) override;
    capabilities take_result() override { return std::move(result_); }

private:
    capabilities result_;
};

} // namespace coimap::commands
