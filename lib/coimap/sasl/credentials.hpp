#pragma once
// Who logs in, with what, and where: the input of every mechanism.

#include "coimap/core/secret.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace coimap::sasl {

/// A class with setters and no aggregate, since g++ 12 miscompiles temporaries of aggregates in an expression
/// that holds a co_await.
class credentials {
public:
    credentials() {}
    credentials(std::string user, secret password) : user_(std::move(user)), password_(std::move(password)) {}

    const std::string& user() const noexcept { return user_; }
    const secret& password() const noexcept { return password_; }
    /// An OAuth 2.0 access token, without "Bearer".
    const secret& token() const noexcept { return token_; }
    /// As whom to act (RFC 4422 section 2); empty for the identity that authenticates.
    const std::string& authorization_id() const noexcept { return authorization_id_; }
    /// The server as the user named it, and its port: OAUTHBEARER tells them to the server.
    const std::string& host() const noexcept { return host_; }
    std::uint16_t port() const noexcept { return port_; }

    credentials& user(std::string value) {
        user_ = std::move(value);
        return *this;
    }
    credentials& password(secret value) {
        password_ = std::move(value);
        return *this;
    }
    credentials& token(secret value) {
        token_ = std::move(value);
        return *this;
    }
    credentials& authorization_id(std::string value) {
        authorization_id_ = std::move(value);
        return *this;
    }
    credentials& host(std::string value) {
        host_ = std::move(value);
        return *this;
    }
    credentials& port(std::uint16_t value) {
        port_ = value;
        return *this;
    }

private:
    std::string user_;
    secret password_;
    secret token_;
    std::string authorization_id_;
    std::string host_;
    std::uint16_t port_ = 0;
};

} // namespace coimap::sasl
