#include "coimap/session/commands/lsub.hpp"

#include "coimap/session/commands/status.hpp"
#include "coimap/session/commands/support.hpp"
#include "coimap/wire/responses/list.hpp"

namespace coimap::commands {

bool lsub_command::overlaps_safely(const command& earlier) const noexcept {
    return dynamic_cast<const status_command*>(&earlier) != nullptr;
}

std::error_code lsub_command::write(wire::command_writer& out, const session_context& context) {
    out.raw(speaks_rev2(context) ? "LIST (SUBSCRIBED) " : "LSUB ");
    out.mailbox(reference_).sp().list_mailbox(pattern_);
    return {};
}

claim lsub_command::on_untagged(const wire::response& response, session_context& context) {
    const list_data* data = response.as<lsub_data>();
    if (!data)
        data = response.as<list_data>();
    if (!data)
        return claim::not_mine;
    if (!abandoned_)
        entries_.push_back(make_mailbox_entry(*data, names_are_utf8(context)));
    return claim::mine;
}

void lsub_command::on_abandoned() noexcept {
    abandoned_ = true;
    entries_ = {};
}

} // namespace coimap::commands
