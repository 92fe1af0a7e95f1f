#include "coimap/sasl/bearer.hpp"

#include "coimap/sasl/checks.hpp"

namespace coimap::sasl {

result<std::string> bearer::initial() {
    if (state_ != state::start)
        return errc::bad_state;
    state_ = state::failed;
    const secret token = who_.token();
    who_.token(secret());
    if (token.empty() || !is_visible_ascii(token.reveal()) || !acceptable())
        return errc::invalid_argument;

    constexpr std::string_view field = "auth=Bearer ";
    constexpr std::string_view end = "\x01\x01";
    const std::string start = header();
    std::string message;
    // No reallocation may leave a copy of the token behind.
    message.reserve(start.size() + field.size() + token.size() + end.size());
    message += start;
    message += field;
    message += token.reveal();
    message += end;
    state_ = state::token_sent;
    return message;
}

result<std::string> bearer::respond(std::string_view challenge) {
    if (state_ != state::token_sent) {
        state_ = state::failed;
        return errc::bad_challenge;
    }
    failure_ = challenge;
    state_ = state::refused;
    return std::string(answer_to_error());
}

} // namespace coimap::sasl
