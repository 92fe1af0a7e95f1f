#pragma once
// The library's errors: codes for what went wrong, the kinds that a caller decides by, and the exception
// that carries both with the server's own words.
//
// Below the I/O line nothing throws: functions return `result<T>` or std::error_code. The awaitables of the
// client throw `coimap::error`.

#include <memory>
#include <string>
#include <string_view>
#include <system_error>

namespace coimap {

/// What went wrong. Every value belongs to one `error_kind`.
enum class errc {
    // The server said no (RFC 3501 section 7.1). The connection is fine.
    no = 1,
    bad,

    // The protocol was broken, by the server unless said otherwise.
    protocol_violation = 100, ///< a response that is not legal in this state
    malformed_response,       ///< bytes that do not fit the grammar
    starttls_injection,       ///< bytes behind the tagged OK of STARTTLS: an attack, not data
    preauth_in_clear,         ///< PREAUTH although TLS was demanded

    // A budget of `limits` was passed.
    line_too_long = 200,
    response_too_large,
    literal_too_large,
    nesting_too_deep,
    list_too_long,
    number_out_of_range,
    too_much_unclaimed, ///< an abandoned command's answer exceeded what is drained for it
    stream_overflow,    ///< a fetch stream was not read while other commands needed the connection
    answer_too_large,   ///< a collected answer, as of FETCH or LIST, passed `limits::collected`
    message_too_large,  ///< larger than the server's APPENDLIMIT

    // TLS.
    tls_failed = 300,     ///< the handshake or a record failed
    certificate_rejected, ///< the chain or the host name did not verify
    tls_required,         ///< TLS was demanded and the server has none

    // Authentication.
    authentication_failed = 400, ///< the server refused the credentials
    no_mechanism,                ///< no mechanism that both sides have and the policy allows
    login_disabled,              ///< LOGINDISABLED (RFC 3501 section 6.2.3)
    cleartext_refused,           ///< credentials would leave without TLS
    server_not_authentic,        ///< SCRAM: the server did not prove that it knows the password
    bad_challenge,               ///< a challenge that the mechanism cannot answer

    // Time.
    timed_out = 500,    ///< with_timeout ran out
    connect_timed_out,  ///< the deadline over the whole of connecting
    inactivity_timeout, ///< no byte came for so long although an answer was due
    grace_timeout,      ///< DONE, LOGOUT or the drain of an abandoned command was not answered in time

    // Ended.
    cancelled = 600,
    closed,          ///< the client was closed or destroyed here
    connection_lost, ///< the server or the network closed the connection
    server_bye,      ///< the server said BYE
    proxy_refused,   ///< the proxy on the way does not make the connection; the text says why

    // The caller's doing: nothing was sent.
    bad_state = 700,  ///< not allowed in this state, e.g. FETCH with no mailbox selected
    invalid_argument, ///< cannot be written safely
    not_supported,    ///< the server lacks the capability
    stale_mailbox,    ///< the mailbox of this handle is no longer the selected one
    already_idling,   ///< one idle() a connection
    stale_numbers,    ///< messages were expunged before a command by sequence number could be sent
    unusable_file,    ///< a CA, certificate or key file that cannot be read, or holds none

    // Text that could not be decoded.
    bad_base64 = 800,
    bad_utf7,
    bad_utf8,
    bad_date,
    bad_url,
};

std::error_code make_error_code(errc code) noexcept;
const std::error_category& coimap_category() noexcept;

/// What a caller decides by. `kind_of` works on the library's codes and on those of the operating system.
enum class error_kind {
    refused,        ///< the server answered NO or BAD
    protocol,       ///< protocol violation
    limit,          ///< a budget was passed
    tls,            ///< TLS or certificate
    authentication, ///< credentials or mechanism
    timeout,        ///< a deadline passed
    cancelled,      ///< the caller cancelled
    closed,         ///< the connection ended, or could not be made
    usage,          ///< the caller's mistake; nothing was sent
    data,           ///< text that could not be decoded
};

error_kind kind_of(const std::error_code& code) noexcept;

/// What stands beside an error code: all of it safe to show, except that `text` is the server's and must pass
/// `printable()` on its way to a terminal.
struct diagnostics {
    std::string operation;         ///< what was being done: "SELECT", "connect to mail.example.org:993"
    std::string status;            ///< "NO", "BAD", "BYE", or empty
    std::string response_code;     ///< the name of the response code, upper case: "TRYCREATE", or empty
    std::string text;              ///< the server's words, or the library's explanation; secrets are masked
    bool connection_usable = true; ///< whether the connection survived
};

/// The one exception of the library. `what()` is a whole sentence: what was being done, what went wrong, the
/// server's words (escaped). Copies share their details and do not throw.
class error : public std::system_error {
public:
    error(std::error_code code, diagnostics details);
    explicit error(std::error_code code) : error(code, diagnostics{}) {}
    explicit error(errc code) : error(make_error_code(code)) {}

    const char* what() const noexcept override;
    const diagnostics& details() const noexcept { return *details_; }
    error_kind kind() const noexcept { return kind_of(code()); }

    /// Whether the connection can be used for more commands.
    bool connection_usable() const noexcept { return details_->connection_usable; }

    /// Whether the same thing may succeed when tried again later (RFC 5530's UNAVAILABLE, INUSE, LIMIT,
    /// SERVERBUG; timeouts; lost connections), as opposed to what needs another argument or a human being.
    bool worth_retrying() const noexcept;

    /// Whether the server gave this response code, compared without case: `e.has_code("TRYCREATE")`.
    bool has_code(std::string_view name) const noexcept;

private:
    std::shared_ptr<const diagnostics> details_;
    std::shared_ptr<const std::string> what_;
};

} // namespace coimap

template<>
struct std::is_error_code_enum<coimap::errc> : std::true_type {};
