#pragma once
// A SASL mechanism (RFC 4422) as a state machine: decoded challenges in, decoded responses out. Base64, the
// continuation lines and `*` are the business of AUTHENTICATE.

#include "coimap/core/result.hpp"

#include <string>
#include <string_view>

namespace coimap::sasl {

/// One attempt to authenticate; a second attempt needs a second object. Not copied, used by one thread.
///
/// What `initial` and `respond` return may hold a password or a token in clear: whoever has written it to the
/// connection wipes it (`coimap::wipe`) and never traces it.
///
/// An error from either ends the attempt: the exchange is to be cancelled (RFC 3501 section 6.2.2), and every
/// later challenge is errc::bad_challenge. So is a challenge after the last message, which bounds the rounds.
class mechanism {
public:
    mechanism() = default;
    mechanism(const mechanism&) = delete;
    mechanism& operator=(const mechanism&) = delete;
    virtual ~mechanism() = default;

    /// As the server knows it: "SCRAM-SHA-256".
    virtual std::string_view name() const noexcept = 0;

    /// Whether the client speaks first. Then `initial()` is called exactly once before `respond()`: with
    /// the command where SASL-IR (RFC 4959) is offered, else as the answer to the server's first, empty
    /// challenge, which is not passed to `respond()`.
    virtual bool client_first() const noexcept = 0;

    /// The first message; empty is a message, too. errc::bad_state when it is not the client's turn;
    /// errc::invalid_argument or errc::bad_utf8 when the credentials cannot be sent by this mechanism.
    virtual result<std::string> initial() = 0;

    /// The answer to a challenge. errc::bad_challenge for one that makes no sense.
    virtual result<std::string> respond(std::string_view challenge) = 0;

    /// Whether a tagged OK may be believed now. Where the server has to prove that it knows the password, an
    /// OK that comes before its proof is errc::server_not_authentic.
    virtual bool may_finish() const noexcept = 0;

    /// What the server said within the mechanism about a failure, as it came (for OAuth a JSON text); else
    /// empty. Pass it through `printable()` before showing it.
    virtual std::string failure_detail() const { return {}; }

    /// Whether whoever reads the connection learns the password or a token that serves as one.
    virtual bool sends_password_in_clear() const noexcept = 0;
};

} // namespace coimap::sasl
