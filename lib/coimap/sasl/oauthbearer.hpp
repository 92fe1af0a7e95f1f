#pragma once
// OAUTHBEARER (RFC 7628): an OAuth 2.0 bearer token, with the host and the port that it was meant for.

#include "coimap/sasl/bearer.hpp"

namespace coimap::sasl {

class oauthbearer final : public bearer {
public:
    /// The identity in the message is the authorization identity, or the user where there is none; neither
    /// has to be there, since the token may say it all. Host and port are left out when they are empty or
    /// zero.
    explicit oauthbearer(const credentials& who) : bearer(who) {}

    std::string_view name() const noexcept override { return "OAUTHBEARER"; }

private:
    const std::string& identity() const noexcept;

    bool acceptable() const noexcept override;
    std::string header() const override;
    std::string_view answer_to_error() const noexcept override { return "\x01"; }
};

} // namespace coimap::sasl
