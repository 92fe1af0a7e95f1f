#include "coimap/session/commands/create.hpp"

#include "coimap/session/commands/support.hpp"

namespace coimap::commands {

std::error_code create_command::write(wire::command_writer& out, const session_context& context) {
    if (mailbox_.text().empty())
        return errc::invalid_argument;
    if (!special_use_.empty() && !context.caps().has("CREATE-SPECIAL-USE"))
        return errc::not_supported;
    out.raw("CREATE ").mailbox(mailbox_);
    if (special_use_.empty())
        return {};
    out.raw(" (USE (");
    bool first = true;
    for (const std::string& attribute : special_use_) {
        if (attribute.empty() || attribute.front() != '\\')
            return errc::invalid_argument;
        if (!std::exchange(first, false))
            out.sp();
        out.raw("\\").atom(std::string_view(attribute).substr(1));
    }
    out.raw("))");
    return {};
}

} // namespace coimap::commands
