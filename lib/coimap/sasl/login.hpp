#pragma once
// LOGIN: the server asks for the user, then for the password. No RFC describes it (there is an expired
// draft), and PLAIN is better wherever it is offered; some servers have nothing else.

#include "coimap/sasl/credentials.hpp"
#include "coimap/sasl/mechanism.hpp"

namespace coimap::sasl {

class login final : public mechanism {
public:
    explicit login(const credentials& who) : user_(who.user()), password_(who.password()) {}

    std::string_view name() const noexcept override { return "LOGIN"; }
    bool client_first() const noexcept override { return false; }
    result<std::string> initial() override { return errc::bad_state; }

    /// The first challenge is answered by the user, the second by the password, whatever their words are:
    /// servers word them in many ways. errc::invalid_argument when either is empty or holds a NUL.
    result<std::string> respond(std::string_view challenge) override;
    bool may_finish() const noexcept override { return state_ == state::password_sent; }
    bool sends_password_in_clear() const noexcept override { return true; }

private:
    enum class state { start, user_sent, password_sent, failed };

    std::string user_;
    secret password_;
    state state_ = state::start;
};

} // namespace coimap::sasl
