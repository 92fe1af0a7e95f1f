#pragma once
// What is said to each kind of proxy, over a stream that is connected to it. Not a single octet is read that
// comes behind the proxy's answer: those are the server's.

#include "coimap/net/proxy/proxy.hpp"

namespace coimap {

// All parameters outlive the wait. The reason of a refusal is the error's text.

/// RFC 1928. Names longer than 255 octets are errc::invalid_argument, as are such user names and passwords.
asio::awaitable<void> ask_socks5(stream& through, const proxy& by, const std::string& host,
                                 std::uint16_t port);

/// RFC 9110 section 9.3.6. An answer of more than 8 KiB is errc::response_too_large.
asio::awaitable<void> ask_http(stream& through, const proxy& by, const std::string& host, std::uint16_t port);

/// Throws errc::proxy_refused.
[[noreturn]] void refused_by_proxy(std::string reason);

} // namespace coimap
