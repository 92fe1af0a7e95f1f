#pragma once
// A whole command line as a person typed it: for experiments and for the REPL.
//
//   sends   the line, behind the tag
//   yields  every untagged response that came meanwhile, kept
//   claims  everything. What is about the selected mailbox (EXISTS, EXPUNGE, FETCH ...) and every status
//           response is an event, too.
//   errors  errc::invalid_argument for control characters, for what announces a literal at the end of the
//           line, for 8-bit where the session has no UTF-8, and for an empty line; errc::bad_state for
//           commands that change the state of the session or the meaning of octets, which have calls of
//           their own (LOGIN also since a password would be seen in a trace)

#include "coimap/session/command.hpp"

#include <string>
#include <vector>

namespace coimap::commands {

class raw_command : public command_of<std::vector<wire::kept_response>> {
public:
    explicit raw_command(std::string line) : line_(std::move(line)) {}

    /// The first word of the line.
    std::string_view name() const noexcept override;

    /// Exclusive: nothing is known of it.
    pipelining_traits traits() const noexcept override { return {command_effect::exclusive, {}}; }

    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
    void on_abandoned() noexcept override;
    std::vector<wire::kept_response> take_result() override { return std::move(responses_); }

private:
    std::string line_;
    std::vector<wire::kept_response> responses_;
    bool abandoned_ = false;
};

} // namespace coimap::commands
