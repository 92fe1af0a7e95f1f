#pragma once
// What XOAUTH2 and OAUTHBEARER share: one message with a bearer token, and an error text that the server
// sends as a challenge before it refuses.

#include "coimap/sasl/credentials.hpp"
#include "coimap/sasl/mechanism.hpp"

namespace coimap::sasl {

class bearer : public mechanism {
public:
    bool client_first() const noexcept final { return true; }

    /// errc::invalid_argument when the token is empty or holds anything but visible ASCII (RFC 6750
    /// section 2.1), or the user holds a control character: a field could end early and another one begin.
    result<std::string> initial() final;

    /// One challenge is accepted: the server's reason, kept for `failure_detail()`. It is answered as the
    /// mechanism demands, and the server's NO follows.
    result<std::string> respond(std::string_view challenge) final;
    bool may_finish() const noexcept final { return state_ == state::token_sent; }
    std::string failure_detail() const final { return failure_; }

    /// A token serves whoever has it.
    bool sends_password_in_clear() const noexcept final { return true; }

protected:
    explicit bearer(const credentials& who) : who_(who) { who_.password(secret()); }

    const credentials& who() const noexcept { return who_; }

private:
    enum class state { start, token_sent, refused, failed };

    virtual bool acceptable() const noexcept = 0;
    /// What stands before "auth=Bearer".
    virtual std::string header() const = 0;
    virtual std::string_view answer_to_error() const noexcept = 0;

    credentials who_;
    std::string failure_;
    state state_ = state::start;
};

} // namespace coimap::sasl
