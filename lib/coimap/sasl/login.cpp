#include "coimap/sasl/login.hpp"

#include "coimap/sasl/checks.hpp"

namespace coimap::sasl {

result<std::string> login::respond(std::string_view) {
    switch (state_) {
    case state::start:
        if (user_.empty() || password_.empty() || has_nul(user_) || has_nul(password_.reveal())) {
            state_ = state::failed;
            password_.clear();
            return errc::invalid_argument;
        }
        state_ = state::user_sent;
        return user_;
    case state::user_sent: {
        state_ = state::password_sent;
        std::string password(password_.reveal());
        password_.clear();
        return password;
    }
    case state::password_sent:
    case state::failed:
        break;
    }
    state_ = state::failed;
    return errc::bad_challenge;
}

} // namespace coimap::sasl
