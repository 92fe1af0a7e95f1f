#include "coimap/session/commands/capability.hpp"

#include "coimap/wire/codes/lists.hpp"
#include "coimap/wire/responses/capability.hpp"

namespace coimap::commands {

std::error_code capability_command::write(wire::command_writer& out, const session_context&) {
    out.raw("CAPABILITY");
    return {};
}

claim capability_command::on_untagged(const wire::response& response, session_context&) {
    const auto* data = response.as<capability_data>();
    if (!data)
        return claim::not_mine;
    result_.assign(data->names);
    return claim::mine;
}

std::error_code capability_command::on_tagged(const wire::status_response& state, session_context&) {
    const auto* code = state.code.as<capability_code>();
    if (code && !result_.known())
        result_.assign(code->names);
    return {};
}

} // namespace coimap::commands
