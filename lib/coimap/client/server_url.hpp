#pragma once
// Where a mailbox is: `imaps://user@host:port/mailbox` (RFC 5092, as far as a client needs it).

#include <cstdint>
#include <string>
#include <string_view>

namespace coimap {

struct server_url {
    bool implicit_tls = true; ///< imaps; imap demands STARTTLS
    std::string user;         ///< empty when the URL names none
    std::string mechanism;    ///< `user;AUTH=PLAIN@host`; empty for any
    std::string host;         ///< a name or an address, without brackets
    std::uint16_t port = 993;
    std::string mailbox; ///< UTF-8; empty when the URL names none
};

/// Throws coimap::error (errc::bad_url), whose text says what is wrong. A password in the URL is refused,
/// since every process list and every shell history would show it.
server_url parse_server_url(std::string_view text);

} // namespace coimap
