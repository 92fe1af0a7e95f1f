#include "coimap/session/commands/status.hpp"

#include "coimap/session/commands/list.hpp"
#include "coimap/session/commands/lsub.hpp"
#include "coimap/wire/responses/status.hpp"

namespace coimap::commands {

bool status_command::overlaps_safely(const command& earlier) const noexcept {
    if (const auto* other = dynamic_cast<const status_command*>(&earlier))
        return other->wire_name_ != wire_name_;
    if (const auto* listing = dynamic_cast<const list_command*>(&earlier))
        return !listing->asks_status();
    return dynamic_cast<const lsub_command*>(&earlier) != nullptr;
}

std::error_code status_command::write(wire::command_writer& out, const session_context& context) {
    wire_name_ = mailbox_.encode(out.options().utf8_names).value_or(std::string());
    out.raw("STATUS ").mailbox(mailbox_).sp();
    return write_status_items(out, items_, context);
}

claim status_command::on_untagged(const wire::response& response, session_context&) {
    const auto* data = response.as<status_data>();
    if (!data || (data->wire_name != wire_name_ && mailbox_name(data->mailbox) != mailbox_))
        return claim::not_mine;
    merge(result_, *data);
    return claim::mine;
}

} // namespace coimap::commands
