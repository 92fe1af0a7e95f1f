#include "coimap/core/ascii.hpp"
#include "coimap/core/base64.hpp"
#include "coimap/core/error.hpp"
#include "coimap/net/exchange.hpp"
#include "coimap/net/proxy/handshakes.hpp"

#include <algorithm>

namespace coimap {
namespace {

constexpr std::size_t most_header = 8192;

std::string request(const proxy& by, const std::string& host, std::uint16_t port) {
    const bool fits = !host.empty() && std::none_of(host.begin(), host.end(), [](char c) {
        return is_control(c) || c == ' ' || static_cast<unsigned char>(c) >= 0x80;
    });
    if (!fits || by.user.find(':') != std::string::npos)
        throw error(errc::invalid_argument);
    const bool is_ipv6 = host.find(':') != std::string::npos;
    const std::string authority = (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
    std::string text;
    // Never grown: no copy of the password stays behind.
    text.reserve(128 + 2 * authority.size() + 2 * (by.user.size() + by.password.size()));
    text.append("CONNECT ").append(authority).append(" HTTP/1.1\r\nHost: ").append(authority).append("\r\n");
    if (!by.user.empty()) {
        std::string pair;
        pair.reserve(by.user.size() + 1 + by.password.size());
        pair.append(by.user).append(":").append(by.password.reveal());
        std::string encoded = encode_base64(pair);
        text.append("Proxy-Authorization: Basic ").append(encoded).append("\r\n");
        wipe(pair);
        wipe(encoded);
    }
    text += "\r\n";
    return text;
}

/// To the blank line, octet by octet: what follows it is the server's.
asio::awaitable<std::string> read_header(stream& from) {
    std::string header;
    while (!header.ends_with("\r\n\r\n")) {
        if (header.size() == most_header)
            throw error(errc::response_too_large);
        const std::string octet = co_await read_exactly(from, 1);
        header += octet;
    }
    co_return header;
}

} // namespace

asio::awaitable<void> ask_http(stream& through, const proxy& by, const std::string& host,
                               std::uint16_t port) {
    std::string asked = request(by, host, port);
    co_await write_all(through, std::move(asked));
    const std::string header = co_await read_header(through);
    // HTTP/1.1 200 whatever
    const std::string_view line = std::string_view(header).substr(0, header.find('\r'));
    const std::size_t space = line.find(' ');
    const std::string_view status = space == std::string_view::npos ? "" : line.substr(space + 1, 3);
    if (!line.starts_with("HTTP/1.") || status.size() != 3 ||
        !std::all_of(status.begin(), status.end(), is_digit))
        refused_by_proxy("it does not speak HTTP");
    if (status == "407")
        refused_by_proxy(by.user.empty() ? "it wants a user name and a password"
                                         : "it does not take this user name and password");
    if (status[0] != '2')
        refused_by_proxy("it says " + std::string(line.substr(space + 1)));
}

} // namespace coimap
