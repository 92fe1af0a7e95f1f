#pragma once
// ENABLE (RFC 5161, RFC 9051 section 6.3.1): switches extensions on that change what the server sends.
//
//   sends   ENABLE CONDSTORE UTF8=ACCEPT ...
//   yields  the words of the ENABLED response: what is on now that was not before; none when the server
//           (iCloud) does not answer so
//   errors  errc::not_supported without ENABLE or IMAP4rev2; errc::invalid_argument for none, and for what
//           is no atom

#include "coimap/session/command.hpp"

#include <string>
#include <vector>

namespace coimap::commands {

class enable_command : public command_of<std::vector<std::string>> {
public:
    explicit enable_command(std::vector<std::string> names) : names_(std::move(names)) {}
    explicit enable_command(std::string name) : names_(1, std::move(name)) {}

    std::string_view name() const noexcept override { return "ENABLE"; }

    /// Exclusive: how later commands are written (UTF-8 in names) and what responses mean depends on its
    /// outcome.
    pipelining_traits traits() const noexcept override {
        return {command_effect::exclusive | command_effect::needs_authenticated, {}};
    }

    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
    std::vector<std::string> take_result() override { return std::move(enabled_); }

private:
    std::vector<std::string> names_;
    std::vector<std::string> enabled_;
};

} // namespace coimap::commands
