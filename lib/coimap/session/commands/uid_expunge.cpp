#include "coimap/session/commands/uid_expunge.hpp"

#include "coimap/session/commands/support.hpp"

namespace coimap::commands {

std::error_code uid_expunge_command::write(wire::command_writer& out, const session_context& context) {
    if (!has_or_rev2(context, "UIDPLUS"))
        return errc::not_supported;
    out.raw("UID EXPUNGE ").set(uids_);
    return {};
}

} // namespace coimap::commands
