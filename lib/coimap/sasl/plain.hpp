#pragma once
// PLAIN (RFC 4616): authorization identity, user and password in one message, in clear.

#include "coimap/sasl/credentials.hpp"
#include "coimap/sasl/mechanism.hpp"

namespace coimap::sasl {

class plain final : public mechanism {
public:
    explicit plain(const credentials& who)
        : user_(who.user()), authorization_id_(who.authorization_id()), password_(who.password()) {}

    std::string_view name() const noexcept override { return "PLAIN"; }
    bool client_first() const noexcept override { return true; }

    /// errc::invalid_argument when one of the three holds a NUL, or the user or the password is empty.
    result<std::string> initial() override;
    result<std::string> respond(std::string_view challenge) override;
    bool may_finish() const noexcept override { return sent_; }
    bool sends_password_in_clear() const noexcept override { return true; }

private:
    std::string user_;
    std::string authorization_id_;
    secret password_;
    bool used_ = false;
    bool sent_ = false;
};

} // namespace coimap::sasl
