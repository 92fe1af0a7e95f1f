#include "coimap/core/error.hpp"
#include "coimap/net/exchange.hpp"
#include "coimap/net/proxy/handshakes.hpp"

#include <asio/ip/address.hpp>

#include <array>

namespace coimap {
namespace {

constexpr char version = 5;
constexpr char no_authentication = 0;
constexpr char user_and_password = 2;
constexpr char connect_command = 1;
constexpr char ipv4 = 1;
constexpr char name = 3;
constexpr char ipv6 = 4;

/// Up to 255 octets behind their number.
void append_short(std::string& to, std::string_view text, const char* what) {
    if (text.empty() || text.size() > 255) {
        diagnostics details;
        details.text = std::string("SOCKS takes 1 to 255 octets for ") + what;
        throw error(make_error_code(errc::invalid_argument), details);
    }
    to += static_cast<char>(text.size());
    to += text;
}

std::string request(const std::string& host, std::uint16_t port) {
    std::string text{version, connect_command, 0};
    std::error_code is_name;
    const asio::ip::address address = asio::ip::make_address(host, is_name);
    if (is_name) {
        text += name;
        append_short(text, host, "the name of a host");
    } else if (address.is_v4()) {
        text += ipv4;
        for (const unsigned char each : address.to_v4().to_bytes())
            text += static_cast<char>(each);
    } else {
        text += ipv6;
        for (const unsigned char each : address.to_v6().to_bytes())
            text += static_cast<char>(each);
    }
    text += static_cast<char>(port >> 8);
    text += static_cast<char>(port & 0xff);
    return text;
}

std::string reason(char reply) {
    constexpr std::array<std::string_view, 9> reasons = {
        "",
        "it failed",
        "its rules forbid the connection",
        "the network cannot be reached",
        "the host cannot be reached",
        "the server refuses the connection",
        "the connection took too long",
        "it cannot connect at all",
        "it does not know this kind of address",
    };
    const auto index = static_cast<unsigned char>(reply);
    return index < reasons.size() ? std::string(reasons[index])
                                  : "it gives the reason " + std::to_string(unsigned{index});
}

asio::awaitable<void> authenticate(stream& through, const proxy& by) {
    std::string text;
    text.reserve(3 + 2 * 255); // neither grown nor moved octet by octet: no copy of the password stays behind
    text += char{1};
    append_short(text, by.user, "a user name");
    append_short(text, by.password.reveal(), "a password");
    co_await write_all(through, std::move(text));
    const std::string answer = co_await read_exactly(through, 2);
    if (answer[1] != 0)
        refused_by_proxy("it does not take this user name and password");
}

} // namespace

asio::awaitable<void> ask_socks5(stream& through, const proxy& by, const std::string& host,
                                 std::uint16_t port) {
    std::string asked = request(host, port);
    std::string methods{version, 1, no_authentication};
    if (!by.user.empty()) {
        methods[1] = 2;
        methods += user_and_password;
    }
    co_await write_all(through, std::move(methods));
    const std::string method = co_await read_exactly(through, 2);
    if (method[0] != version)
        refused_by_proxy("it does not speak SOCKS 5");
    if (method[1] == user_and_password && !by.user.empty())
        co_await authenticate(through, by);
    else if (method[1] != no_authentication)
        refused_by_proxy(by.user.empty() ? "it wants a user name and a password" : "it takes no password");

    co_await write_all(through, std::move(asked));
    const std::string answer = co_await read_exactly(through, 4);
    if (answer[0] != version)
        refused_by_proxy("it does not speak SOCKS 5");
    if (answer[1] != 0)
        refused_by_proxy(reason(answer[1]));
    // The address on its far side, of no interest, ends the answer.
    std::size_t left = 2;
    if (answer[3] == ipv4) {
        left += 4;
    } else if (answer[3] == ipv6) {
        left += 16;
    } else if (answer[3] == name) {
        const std::string size = co_await read_exactly(through, 1);
        left += static_cast<unsigned char>(size[0]);
    } else {
        refused_by_proxy("its answer makes no sense");
    }
    co_await read_exactly(through, left);
}

} // namespace coimap
