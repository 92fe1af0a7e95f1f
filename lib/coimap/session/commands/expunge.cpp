#include "coimap/session/commands/expunge.hpp"

#include "coimap/wire/responses/mailbox_size.hpp"
#include "coimap/wire/responses/vanished.hpp"

namespace coimap::commands {

std::error_code expunge_command::write(wire::command_writer& out, const session_context&) {
    out.raw("EXPUNGE");
    return {};
}

claim expunge_command::on_untagged(const wire::response& response, session_context&) {
    if (const auto* gone = response.as<expunge_data>(); gone && gone->sequence_number != 0) {
        if (!abandoned_)
            result_.sequence_numbers.push_back(gone->sequence_number);
        return claim::mine_and_event;
    }
    if (const auto* gone = response.as<vanished_data>(); gone && !gone->earlier) {
        if (!abandoned_)
            for (const number_range& range : gone->uids)
                result_.vanished.insert(range);
        return claim::mine_and_event;
    }
    return claim::not_mine;
}

void expunge_command::on_abandoned() noexcept {
    abandoned_ = true;
    result_ = {};
}

} // namespace coimap::commands
