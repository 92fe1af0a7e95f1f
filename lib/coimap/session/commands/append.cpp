#include "coimap/session/commands/append.hpp"

#include "coimap/session/commands/support.hpp"
#include "coimap/wire/codes/uidplus.hpp"

namespace coimap::commands {

std::error_code append_command::write_head(wire::command_writer& out, const session_context& context,
                                           std::uint64_t size) const {
    if (size == 0 || mailbox_.text().empty())
        return errc::invalid_argument;
    const auto limit = context.caps().number("APPENDLIMIT");
    if (limit && size > *limit)
        return errc::message_too_large;
    out.raw("APPEND ").mailbox(mailbox_).sp();
    if (!options_.flags().empty())
        out.flags(options_.flags()).sp();
    if (options_.date())
        out.date_time(*options_.date()).sp();
    return {};
}

std::error_code append_command::write(wire::command_writer& out, const session_context& context) {
    if (const auto failure = write_head(out, context, message_.size()))
        return failure;
    out.literal(message_);
    message_ = {};
    return {};
}

std::error_code append_stream_command::write(wire::command_writer& out, const session_context& context) {
    if (const auto failure = write_head(out, context, size_))
        return failure;
    out.streamed(size_);
    return {};
}

std::error_code append_command::on_tagged(const wire::status_response& state, session_context&) {
    const auto* code = state.status == wire::status::ok ? state.code.as<append_uid_code>() : nullptr;
    if (!code)
        return {};
    result_.emplace();
    result_->uid_validity = code->uid_validity;
    result_->uids = code->uids.uids();
    return {};
}

} // namespace coimap::commands
