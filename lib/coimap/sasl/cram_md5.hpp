#pragma once
// CRAM-MD5 (RFC 2195): the password keys a digest of the server's challenge. It does not travel, but the
// server has to store what is as good as the password, and whoever listens can guess offline.

#include "coimap/sasl/credentials.hpp"
#include "coimap/sasl/crypto.hpp"
#include "coimap/sasl/mechanism.hpp"

namespace coimap::sasl {

class cram_md5 final : public mechanism {
public:
    /// `functions` has to outlive the mechanism.
    cram_md5(const credentials& who, const crypto& functions)
        : user_(who.user()), password_(who.password()), crypto_(functions) {}

    std::string_view name() const noexcept override { return "CRAM-MD5"; }
    bool client_first() const noexcept override { return false; }
    result<std::string> initial() override { return errc::bad_state; }

    /// errc::bad_challenge for an empty challenge; errc::invalid_argument when the user is empty or holds a
    /// control character, or the password holds a NUL; and what the digest returns.
    result<std::string> respond(std::string_view challenge) override;
    bool may_finish() const noexcept override { return sent_; }
    bool sends_password_in_clear() const noexcept override { return false; }

private:
    std::string user_;
    secret password_;
    const crypto& crypto_;
    bool used_ = false;
    bool sent_ = false;
};

} // namespace coimap::sasl
