#include "coimap/session/commands/copy.hpp"

#include "coimap/session/commands/support.hpp"
#include "coimap/wire/codes/uidplus.hpp"

namespace coimap {

std::optional<std::uint32_t> copy_result::copy_of(std::uint32_t source_uid) const noexcept {
    // The place of the UID among the sources, then the destination at that place.
    std::uint64_t place = 0;
    bool found = false;
    for (const number_range& range : source) {
        if (range.first <= source_uid && source_uid <= range.last) {
            place += source_uid - range.first;
            found = true;
            break;
        }
        place += range.count();
    }
    if (!found)
        return std::nullopt;
    for (const number_range& range : destination) {
        if (place < range.count())
            return static_cast<std::uint32_t>(range.first + place);
        place -= range.count();
    }
    return std::nullopt;
}

namespace commands {

std::error_code copy_command::write(wire::command_writer& out, const session_context& context) {
    if (const auto failure = resolve_messages(messages_, context))
        return failure;
    if (mailbox_.text().empty())
        return errc::invalid_argument;
    out.raw(name()).sp().set(messages_).sp().mailbox(mailbox_);
    return {};
}

std::error_code copy_command::on_tagged(const wire::status_response& state, session_context&) {
    if (state.status == wire::status::ok)
        take_code(state.code);
    return {};
}

bool copy_command::take_code(const wire::response_code& code) {
    const auto* copied = code.as<copy_uid_code>();
    // Sides of different length (`[COPYUID 701 ]`, or an attack) tell nothing.
    if (!copied || copied->source.empty() || copied->source.count() != copied->destination.count())
        return false;
    if (!result_)
        result_.emplace();
    // MOVE may tell piece by piece.
    result_->uid_validity = copied->uid_validity;
    result_->source.insert(result_->source.end(), copied->source.begin(), copied->source.end());
    result_->destination.insert(result_->destination.end(), copied->destination.begin(),
                                copied->destination.end());
    return true;
}

} // namespace commands
} // namespace coimap
