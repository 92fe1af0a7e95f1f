#include "coimap/session/commands/authenticate.hpp"

#include "coimap/core/base64.hpp"
#include "coimap/core/limits.hpp"
#include "coimap/session/commands/support.hpp"

namespace coimap::commands {

namespace {

/// Some servers leave spaces at the end of a line.
std::string_view without_trailing_spaces(std::string_view text) noexcept {
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

} // namespace

std::error_code authenticate_command::write(wire::command_writer& out, const session_context& context) {
    if (!mechanism_)
        return errc::invalid_argument;
    // Challenges tell of the secret as well, so the whole exchange stays out of traces.
    out.raw("AUTHENTICATE ").atom(mechanism_->name()).secret();
    initial_due_ = mechanism_->client_first();
    if (!initial_due_ || !has_or_rev2(context, "SASL-IR"))
        return {};
    auto message = mechanism_->initial();
    if (!message)
        return message.error();
    initial_due_ = false;
    const bool empty = message->empty();
    std::string line = encode(*std::move(message));
    out.sp().raw(empty ? "=" : line);
    wipe(line);
    return {};
}

continuation_reply authenticate_command::on_continuation(std::string_view text) {
    continuation_reply reply;
    if (failure_)
        return reply; // `*` has been sent: the server owes a tagged answer and nothing else
    auto message = answer(without_trailing_spaces(text));
    if (message) {
        reply.line = encode(*std::move(message));
        return reply;
    }
    failure_ = message.error();
    reply.line = "*";
    reply.secret = false;
    reply.failure = failure_;
    return reply;
}

result<std::string> authenticate_command::answer(std::string_view challenge) {
    if (initial_due_) {
        initial_due_ = false;
        return mechanism_->initial();
    }
    if (challenge.size() / 4 * 3 > limits().challenge)
        return errc::bad_challenge;
    const auto decoded = decode_base64(challenge);
    if (!decoded)
        return errc::bad_challenge;
    return mechanism_->respond(*decoded);
}

std::string authenticate_command::encode(std::string message) {
    std::string line = encode_base64(message);
    if (!line.empty())
        sent_.emplace_back(line);
    // In PLAIN the password is what stands behind the last NUL; elsewhere the whole message is the secret.
    const auto separator = message.rfind('\0');
    const auto last = std::string_view(message).substr(separator == std::string::npos ? 0 : separator + 1);
    if (!last.empty())
        sent_.emplace_back(last);
    wipe(message);
    return line;
}

std::error_code authenticate_command::on_tagged(const wire::status_response& state, session_context&) {
    if (failure_)
        return failure_;
    if (state.status == wire::status::no)
        return errc::authentication_failed;
    if (state.status == wire::status::ok && !mechanism_->may_finish())
        return errc::server_not_authentic;
    return {};
}

std::string authenticate_command::mask_secrets(std::string_view text) const {
    std::string masked(text);
    for (const secret& each : sent_)
        masked = mask(masked, each.reveal());
    return masked;
}

} // namespace coimap::commands
