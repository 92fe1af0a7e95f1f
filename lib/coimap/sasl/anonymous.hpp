#pragma once
// ANONYMOUS (RFC 4505): no identity, only trace information that the server may log.

#include "coimap/sasl/credentials.hpp"
#include "coimap/sasl/mechanism.hpp"

namespace coimap::sasl {

class anonymous final : public mechanism {
public:
    /// The user of the credentials is sent as trace information; it may be empty.
    explicit anonymous(const credentials& who) : trace_(who.user()) {}

    std::string_view name() const noexcept override { return "ANONYMOUS"; }
    bool client_first() const noexcept override { return true; }

    /// errc::invalid_argument when the trace information holds a control character or is longer than 255
    /// characters, errc::bad_utf8 when it is not UTF-8.
    result<std::string> initial() override;
    result<std::string> respond(std::string_view challenge) override;
    bool may_finish() const noexcept override { return sent_; }
    bool sends_password_in_clear() const noexcept override { return false; }

private:
    std::string trace_;
    bool used_ = false;
    bool sent_ = false;
};

} // namespace coimap::sasl
