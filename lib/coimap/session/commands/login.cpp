#include "coimap/session/commands/login.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/session/commands/support.hpp"

#include <algorithm>

namespace coimap::commands {

std::error_code login_command::write(wire::command_writer& out, const session_context& context) {
    if (context.caps().has("LOGINDISABLED"))
        return errc::login_disabled;
    if (std::any_of(user_.begin(), user_.end(), is_control))
        return errc::invalid_argument;
    out.secret().raw("LOGIN ").string(user_).sp().string(password_.reveal());
    return {};
}

std::error_code login_command::on_tagged(const wire::status_response& state, session_context&) {
    if (state.status == wire::status::no)
        return errc::authentication_failed;
    return {};
}

std::string login_command::mask_secrets(std::string_view text) const {
    return mask(text, password_.reveal());
}

} // namespace coimap::commands
