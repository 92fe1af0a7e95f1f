#include "coimap/session/commands/selected_messages.hpp"

#include "coimap/session/commands/support.hpp"
#include "coimap/wire/responses/fetch.hpp"

namespace coimap::commands {

std::error_code resolve_messages(message_set& messages, const session_context& context) {
    messages = messages.resolve(context.exists());
    if (messages.empty())
        return errc::invalid_argument;
    if (messages.is_saved() && !has_or_rev2(context, "SEARCHRES"))
        return errc::not_supported;
    return {};
}

std::error_code selected_messages::resolve(const session_context& context) {
    return resolve_messages(messages_, context);
}

bool selected_messages::names(const fetch_data& data, const session_context& context) const noexcept {
    if (messages_.by_uid() && !data.uid)
        return false;
    if (messages_.is_saved())
        return true; // which ones these are only the server knows
    const number_ranges& wanted = messages_.ranges();
    if (wanted.empty())
        return false;
    if (wanted.contains(messages_.by_uid() ? *data.uid : data.sequence_number))
        return true;
    // 100:* has the last message even where it is the 5th.
    return wanted.max() == star && data.sequence_number == context.exists();
}

bool selected_messages::is_apart_from(const command& earlier) const noexcept {
    const auto* other = dynamic_cast<const selected_messages*>(&earlier);
    return other && !other->messages_.may_overlap(messages_);
}

} // namespace coimap::commands
