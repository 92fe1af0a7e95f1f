#pragma once
// A proxy between here and the server. It sees the host that is asked for, and what TLS does not hide.

#include "coimap/core/secret.hpp"
#include "coimap/net/stream.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace coimap {

struct proxy {
    enum class kind {
        socks5, ///< RFC 1928, with user name and password (RFC 1929) when there is a user
        http,   ///< the CONNECT method (RFC 9110 section 9.3.6), with the Basic scheme when there is a user
    };

    kind type = kind::socks5;
    std::string host; ///< a name or an address, without brackets
    std::uint16_t port = 1080;
    std::string user; ///< empty: no credentials are offered
    secret password;  ///< goes to the proxy in the clear, as both protocols have it
};

/// Reads `socks5://[user@]host[:port]` (1080) or `http://[user@]host[:port]` (3128). Throws coimap::error
/// (errc::bad_url); a password is refused, as in the URL of a server.
proxy parse_proxy_url(std::string_view text);

/// Connects to the host and port by way of the proxy, which resolves the name. Throws coimap::error: what
/// `dial` throws for the proxy itself, errc::proxy_refused with its reason, errc::connect_timed_out.
asio::awaitable<std::unique_ptr<stream>> dial_through(proxy by, std::string host, std::uint16_t port,
                                                      std::chrono::steady_clock::time_point deadline);

} // namespace coimap
