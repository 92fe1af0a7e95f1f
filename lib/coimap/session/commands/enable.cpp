#include "coimap/session/commands/enable.hpp"

#include "coimap/session/commands/support.hpp"
#include "coimap/wire/responses/capability.hpp"

namespace coimap::commands {

std::error_code enable_command::write(wire::command_writer& out, const session_context& context) {
    if (names_.empty())
        return errc::invalid_argument;
    if (!context.caps().has("ENABLE") && !context.caps().is_rev2())
        return errc::not_supported;
    out.raw("ENABLE");
    for (const std::string& each : names_)
        out.sp().atom(each);
    return {};
}

claim enable_command::on_untagged(const wire::response& response, session_context&) {
    const auto* data = response.as<enabled_data>();
    if (!data)
        return claim::not_mine;
    enabled_.insert(enabled_.end(), data->names.begin(), data->names.end());
    return claim::mine;
}

} // namespace coimap::commands
