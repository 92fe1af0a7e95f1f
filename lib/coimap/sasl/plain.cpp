#include "coimap/sasl/plain.hpp"

#include "coimap/sasl/checks.hpp"

#include <utility>

namespace coimap::sasl {

result<std::string> plain::initial() {
    if (std::exchange(used_, true))
        return errc::bad_state;
    const secret password = std::exchange(password_, secret());
    if (user_.empty() || password.empty())
        return errc::invalid_argument;
    if (has_nul(user_) || !is_identity(authorization_id_) || has_nul(password.reveal()))
        return errc::invalid_argument;

    std::string message;
    // No reallocation may leave a copy of the password behind.
    message.reserve(authorization_id_.size() + user_.size() + password.size() + 2);
    message += authorization_id_;
    message.push_back('\0');
    message += user_;
    message.push_back('\0');
    message += password.reveal();
    sent_ = true;
    return message;
}

result<std::string> plain::respond(std::string_view) {
    sent_ = false;
    return errc::bad_challenge;
}

} // namespace coimap::sasl
