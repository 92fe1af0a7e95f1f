#include "coimap/session/commands/move.hpp"

#include "coimap/session/commands/support.hpp"
#include "coimap/wire/codes/uidplus.hpp"

namespace coimap::commands {

std::error_code move_command::write(wire::command_writer& out, const session_context& context) {
    if (!has_or_rev2(context, "MOVE"))
        return errc::not_supported;
    return copy_command::write(out, context);
}

claim move_command::on_untagged(const wire::response& response, session_context&) {
    const bool ok =
        response.type == wire::response::kind::status && response.state.status == wire::status::ok;
    return ok && take_code(response.state.code) ? claim::mine : claim::not_mine;
}

} // namespace coimap::commands
