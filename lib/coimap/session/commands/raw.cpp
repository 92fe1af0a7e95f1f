#include "coimap/session/commands/raw.hpp"

#include "coimap/core/ascii.hpp"

#include <algorithm>
#include <array>

namespace coimap::commands {

namespace {

constexpr std::array<std::string_view, 11> with_calls_of_their_own{
    "AUTHENTICATE", "CLOSE",  "COMPRESS", "ENABLE",   "EXAMINE",  "IDLE",
    "LOGIN",        "LOGOUT", "SELECT",   "STARTTLS", "UNSELECT",
};

} // namespace

std::string_view raw_command::name() const noexcept {
    return std::string_view(line_).substr(0, line_.find(' '));
}

std::error_code raw_command::write(wire::command_writer& out, const session_context&) {
    if (name().empty())
        return errc::invalid_argument;
    const auto is_name = [this](std::string_view other) { return iequals(name(), other); };
    if (std::any_of(with_calls_of_their_own.begin(), with_calls_of_their_own.end(), is_name))
        return errc::bad_state;
    out.line(line_);
    return {};
}

claim raw_command::on_untagged(const wire::response& response, session_context& context) {
    if (!abandoned_)
        responses_.push_back(context.keep(response));
    const bool about_mailbox = response.number != 0 || response.type == wire::response::kind::status ||
                               iequals(response.name, "VANISHED") || iequals(response.name, "FLAGS");
    return about_mailbox ? claim::mine_and_event : claim::mine;
}

void raw_command::on_abandoned() noexcept {
    abandoned_ = true;
    responses_ = {};
}

} // namespace coimap::commands
