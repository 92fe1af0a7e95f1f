#include "coimap/core/error.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/printable.hpp"

#include <array>

namespace coimap {
namespace {

struct entry {
    errc code;
    const char* text;
};

// Each sentence fits behind "COMMAND: " and says what to do next where there is something to do.
constexpr auto texts = std::to_array<entry>({
    {errc::no, "the server refused"},
    {errc::bad, "the server rejected the command as invalid"},
    {errc::protocol_violation, "the server broke the protocol"},
    {errc::malformed_response, "the server sent a response that cannot be read"},
    {errc::starttls_injection, "bytes were injected before TLS was up; the connection was closed"},
    {errc::preauth_in_clear,
     "the server claims to be authenticated already, in the clear, although TLS was demanded"},
    {errc::line_too_long, "a response line exceeds limits::response_line"},
    {errc::response_too_large, "a response exceeds limits::response"},
    {errc::literal_too_large, "a literal exceeds limits::literal; fetch it to a sink or raise the limit"},
    {errc::nesting_too_deep, "parentheses nest deeper than limits::nesting"},
    {errc::list_too_long, "a list has more elements than limits::list"},
    {errc::number_out_of_range, "a number is out of range"},
    {errc::too_much_unclaimed, "the answer to an abandoned command exceeds limits::drain"},
    {errc::stream_overflow,
     "a fetch stream was not read while other commands were awaited (limits::stream_overflow)"},
    {errc::answer_too_large,
     "the answer exceeds limits::collected; ask for less at a time, or take it as a stream"},
    {errc::message_too_large, "the message is larger than the server accepts (APPENDLIMIT)"},
    {errc::tls_failed, "TLS failed"},
    {errc::certificate_rejected, "the server's certificate was rejected"},
    {errc::tls_required, "the server offers no TLS, which was demanded"},
    {errc::authentication_failed, "the server refused the credentials"},
    {errc::no_mechanism, "no authentication mechanism that the server has is allowed here"},
    {errc::login_disabled, "the server forbids LOGIN here (LOGINDISABLED); use TLS or another mechanism"},
    {errc::cleartext_refused, "credentials are not sent without TLS unless the options allow it"},
    {errc::server_not_authentic, "the server did not prove that it knows the password"},
    {errc::bad_challenge, "the server sent a challenge that makes no sense"},
    {errc::timed_out, "timed out"},
    {errc::connect_timed_out, "connecting took too long"},
    {errc::inactivity_timeout, "the server sent nothing for too long"},
    {errc::grace_timeout, "the server did not answer in time; the connection was closed"},
    {errc::cancelled, "cancelled"},
    {errc::closed, "the client was closed"},
    {errc::connection_lost, "the connection was lost"},
    {errc::server_bye, "the server said goodbye"},
    {errc::proxy_refused, "the proxy does not make the connection"},
    {errc::bad_state, "not possible in this state"},
    {errc::invalid_argument, "an argument cannot be sent safely"},
    {errc::unusable_file, "a file cannot be used"},
    {errc::not_supported, "the server does not support this"},
    {errc::stale_mailbox, "the mailbox is no longer selected; select it again"},
    {errc::stale_numbers,
     "messages were expunged before it could be sent, so its numbers name others; ask again"},
    {errc::already_idling, "this connection is idling already"},
    {errc::bad_base64, "invalid base64"},
    {errc::bad_utf7, "invalid modified UTF-7"},
    {errc::bad_utf8, "invalid UTF-8"},
    {errc::bad_date, "invalid date"},
    {errc::bad_url, "invalid URL"},
});

class category final : public std::error_category {
public:
    const char* name() const noexcept override { return "coimap"; }

    std::string message(int value) const override {
        for (const entry& each : texts)
            if (static_cast<int>(each.code) == value)
                return each.text;
        return "unknown error";
    }
};

error_kind kind_of(errc code) noexcept {
    switch (static_cast<int>(code) / 100) {
    case 0:
        return error_kind::refused;
    case 1:
        return error_kind::protocol;
    case 2:
        return error_kind::limit;
    case 3:
        return error_kind::tls;
    case 4:
        return error_kind::authentication;
    case 5:
        return error_kind::timeout;
    case 6:
        return code == errc::cancelled ? error_kind::cancelled : error_kind::closed;
    case 7:
        return error_kind::usage;
    default:
        return error_kind::data;
    }
}

std::string sentence(const std::error_code& code, const diagnostics& details) {
    std::string text;
    if (!details.operation.empty())
        text += printable(details.operation) + ": ";
    text += code.message();
    if (!details.status.empty()) {
        text += " (" + details.status;
        if (!details.response_code.empty())
            text += " [" + printable(details.response_code) + "]";
        text += ")";
    }
    if (!details.text.empty())
        text += ": " + printable(details.text);
    return text;
}

} // namespace

const std::error_category& coimap_category() noexcept {
    static const category instance;
    return instance;
}

std::error_code make_error_code(errc code) noexcept {
    return {static_cast<int>(code), coimap_category()};
}

error_kind kind_of(const std::error_code& code) noexcept {
    if (code.category() == coimap_category())
        return kind_of(static_cast<errc>(code.value()));
    // Some versions of Asio number errors as the system does, but under a category without portable meanings.
    const bool numbered_alike = std::string_view(code.category().name()) == "asio.system";
    const std::error_code portable =
        numbered_alike ? std::error_code(code.value(), std::system_category()) : code;
    if (portable == std::errc::operation_canceled)
        return error_kind::cancelled;
    if (portable == std::errc::timed_out)
        return error_kind::timeout;
    return error_kind::closed;
}

error::error(std::error_code code, diagnostics details)
    : std::system_error(code), details_(std::make_shared<const diagnostics>(std::move(details))),
      what_(std::make_shared<const std::string>(sentence(code, *details_))) {}

const char* error::what() const noexcept {
    return what_->c_str();
}

bool error::worth_retrying() const noexcept {
    switch (kind()) {
    case error_kind::timeout:
    case error_kind::closed:
        return code() != make_error_code(errc::closed);
    case error_kind::refused:
    case error_kind::authentication:
        return has_code("UNAVAILABLE") || has_code("INUSE") || has_code("LIMIT") || has_code("SERVERBUG");
    default:
        return false;
    }
}

bool error::has_code(std::string_view name) const noexcept {
    return iequals(details_->response_code, name);
}

} // namespace coimap
