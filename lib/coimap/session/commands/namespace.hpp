#pragma once
// NAMESPACE (RFC 2342, RFC 9051 section 6.3.10): where one's own, others' and shared mailboxes begin.
//
//   sends   NAMESPACE
//   yields  the NAMESPACE response; empty when the server sent none
//   errors  errc::not_supported without NAMESPACE or IMAP4rev2

#include "coimap/session/command.hpp"
#include "coimap/session/commands/support.hpp"
#include "coimap/wire/responses/namespace.hpp"

namespace coimap::commands {

class namespace_command : public command_of<kept<namespace_data>> {
public:
    std::string_view name() const noexcept override { return "NAMESPACE"; }

    /// Any number may overlap: the answer is the same for all.
    pipelining_traits traits() const noexcept override { return {command_effect::needs_authenticated, {}}; }

    std::error_code write(wire::command_writer& out, const session_context& context) override {
        if (!has_or_rev2(context, "NAMESPACE"))
            return errc::not_supported;
        out.raw("NAMESPACE");
        return {};
    }

    claim on_untagged(const wire::response& response, session_context& context) override {
        if (!response.as<namespace_data>())
            return claim::not_mine;
        result_ = kept<namespace_data>(context.keep(response));
        return claim::mine;
    }

    kept<namespace_data> take_result() override { return std::move(result_); }

private:
    kept<namespace_data> result_;
};

} // namespace coimap::commands
