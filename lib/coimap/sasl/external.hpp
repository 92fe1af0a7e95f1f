#pragma once
// EXTERNAL (RFC 4422 appendix A): the identity comes from elsewhere, such as the client's TLS certificate.

#include "coimap/sasl/credentials.hpp"
#include "coimap/sasl/mechanism.hpp"

namespace coimap::sasl {

class external final : public mechanism {
public:
    explicit external(const credentials& who) : authorization_id_(who.authorization_id()) {}

    std::string_view name() const noexcept override { return "EXTERNAL"; }
    bool client_first() const noexcept override { return true; }

    /// The authorization identity, empty for the one that the server derives. errc::invalid_argument when it
    /// holds a NUL.
    result<std::string> initial() override;
    result<std::string> respond(std::string_view challenge) override;
    bool may_finish() const noexcept override { return sent_; }
    bool sends_password_in_clear() const noexcept override { return false; }

private:
    std::string authorization_id_;
    bool used_ = false;
    bool sent_ = false;
};

} // namespace coimap::sasl
