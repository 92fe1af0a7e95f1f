#include "coimap/net/proxy/proxy.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/error.hpp"
#include "coimap/core/number.hpp"
#include "coimap/net/closing_timer.hpp"
#include "coimap/net/dialer.hpp"
#include "coimap/net/proxy/handshakes.hpp"

#include <asio/this_coro.hpp>

#include <algorithm>
#include <optional>

namespace coimap {
namespace {

[[noreturn]] void bad_url(std::string reason) {
    diagnostics details;
    details.text = "the proxy's URL " + std::move(reason);
    throw error(make_error_code(errc::bad_url), details);
}

} // namespace

void refused_by_proxy(std::string reason) {
    diagnostics details;
    details.text = std::move(reason);
    details.connection_usable = false;
    throw error(make_error_code(errc::proxy_refused), details);
}

proxy parse_proxy_url(std::string_view text) {
    if (std::any_of(text.begin(), text.end(), [](char c) { return is_control(c) || c == ' '; }))
        bad_url("has a space or a control character in it");
    proxy made;
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos)
        bad_url("needs a scheme: socks5://host or http://host");
    if (iequals(text.substr(0, scheme), "http")) {
        made.type = proxy::kind::http;
        made.port = 3128;
    } else if (!iequals(text.substr(0, scheme), "socks5") && !iequals(text.substr(0, scheme), "socks5h")) {
        bad_url("has a scheme that is not known: socks5 and http are");
    }
    text.remove_prefix(scheme + 3);
    text = text.substr(0, text.find('/'));
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
        made.user = text.substr(0, at);
        if (made.user.find(':') != std::string::npos)
            bad_url("holds a password, which every process list would show");
        text.remove_prefix(at + 1);
    }
    const std::size_t bracket = text.starts_with('[') ? text.find(']') : std::string_view::npos;
    const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
    made.host = bracket == std::string_view::npos ? text.substr(0, colon) : text.substr(1, bracket - 1);
    if (colon != std::string_view::npos) {
        const auto port = parse_number(text.substr(colon + 1));
        if (!port || *port == 0 || *port > 65535)
            bad_url("has no port from 1 to 65535 behind the colon");
        made.port = static_cast<std::uint16_t>(*port);
    }
    if (made.host.empty())
        bad_url("names no host");
    return made;
}

asio::awaitable<std::unique_ptr<stream>> dial_through(proxy by, std::string host, std::uint16_t port,
                                                      std::chrono::steady_clock::time_point deadline) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    std::unique_ptr<stream> made = co_await dial(by.host, by.port, deadline);
    std::optional<error> failure;
    bool expired = false;
    {
        stream* const raw = made.get();
        const closing_timer timer(executor, deadline, [raw] { raw->close(); });
        try {
            if (by.type == proxy::kind::socks5)
                co_await ask_socks5(*raw, by, host, port);
            else
                co_await ask_http(*raw, by, host, port);
        } catch (const error& problem) {
            failure = problem;
        } catch (const std::system_error& problem) {
            failure = error(problem.code());
        }
        expired = timer.expired();
    }
    if (!failure)
        co_return made;
    diagnostics details = failure->details();
    details.operation = "connect to " + host + ":" + std::to_string(port) + " by the proxy " + by.host + ":" +
                        std::to_string(by.port);
    details.connection_usable = false;
    throw error(expired ? make_error_code(errc::connect_timed_out) : failure->code(), details);
}

} // namespace coimap
