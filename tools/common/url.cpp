#include "tools/common/url.hpp"

#include "tools/common/exit_status.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/number.hpp"
#include "coimap/core/utf8.hpp"

#include <algorithm>

namespace coimap::tools {
namespace {

constexpr std::size_t none = std::string_view::npos;

[[noreturn]] void refuse(const std::string& reason) {
    throw usage_error("the URL " + reason);
}

int hex_digit(char c) noexcept {
    if (is_digit(c))
        return c - '0';
    const char letter = to_lower(c);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

// `what` names the part in messages.
std::string decode(std::string_view text, const std::string& what) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '%') {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
            if (low < 0)
                refuse("has a % in its " + what +
                       " that two hexadecimal digits do not follow (write %25 for the sign)");
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (is_control(c))
            refuse("has a control character in its " + what);
        result.push_back(c);
    }
    if (!is_utf8(result))
        refuse("has a " + what + " that is not UTF-8");
    return result;
}

void read_scheme(std::string_view& rest, server_url& url) {
    const std::size_t end = rest.find("://");
    if (end == none)
        refuse("needs a scheme: imaps://host for TLS from the start, imap://host for STARTTLS");
    const std::string_view scheme = rest.substr(0, end);
    if (iequals(scheme, "imaps"))
        url.implicit_tls = true;
    else if (iequals(scheme, "imap"))
        url.implicit_tls = false;
    else
        refuse("has the scheme " + std::string(scheme) + "; imaps and imap are known");
    url.port = url.implicit_tls ? 993 : 143;
    rest.remove_prefix(end + 3);
}

void read_user(std::string_view text, server_url& url) {
    constexpr std::string_view auth = ";AUTH=";
    const auto place = std::search(text.begin(), text.end(), auth.begin(), auth.end(),
                                   [](char a, char b) { return to_upper(a) == to_upper(b); });
    const auto user_size = static_cast<std::size_t>(place - text.begin());
    const std::string_view user = text.substr(0, user_size);
    if (user.find(':') != none)
        refuse(
            "holds a password, which every process list would show. Leave it out: it is asked for, or taken "
            "from --password-file, --password-command or COIMAP_PASSWORD");
    url.user = decode(user, "user name");
    if (place != text.end())
        url.mechanism = decode(text.substr(user_size + auth.size()), "mechanism");
    if (url.mechanism == "*")
        url.mechanism.clear();
}

void read_port(std::string_view text, server_url& url) {
    if (text.empty())
        return;
    const auto port = parse_number(text);
    if (!port || *port == 0 || *port > 65535)
        refuse("has no port from 1 to 65535 behind the colon");
    url.port = static_cast<std::uint16_t>(*port);
}

void read_host(std::string_view text, server_url& url) {
    if (!text.empty() && text[0] == '[') {
        const std::size_t end = text.find(']');
        if (end == none)
            refuse("lacks the ] behind its IPv6 address");
        url.host = text.substr(1, end - 1);
        const std::string_view behind = text.substr(end + 1);
        if (!behind.empty() && behind[0] != ':')
            refuse("has something other than a port behind the ] of its address");
        if (!std::all_of(url.host.begin(), url.host.end(),
                         [](char c) { return hex_digit(c) >= 0 || c == ':' || c == '.'; }) ||
            url.host.find(':') == none)
            refuse("has no IPv6 address between its brackets");
        return read_port(behind.empty() ? behind : behind.substr(1), url);
    }
    const std::size_t colon = text.find(':');
    if (colon != none && text.find(':', colon + 1) != none)
        refuse("has an IPv6 address without brackets: write imaps://[" + std::string(text) + "]/");
    url.host = decode(text.substr(0, colon), "host name");
    if (url.host.empty())
        refuse("names no host");
    if (url.host.size() > 253)
        refuse("has a host name of more than 253 characters");
    const auto fits = [](char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_'; };
    if (!std::all_of(url.host.begin(), url.host.end(), fits))
        refuse("has a host name with characters other than letters, digits, hyphens and dots (an "
               "internationalized "
               "name is written in its ASCII form, xn--...)");
    if (colon != none)
        read_port(text.substr(colon + 1), url);
}

void read_mailbox(std::string_view text, server_url& url) {
    if (text.find_first_of("?#") != none)
        refuse("has a ? or a # behind the host; in a mailbox name they are written %3F and %23");
    if (text.find(';') != none)
        refuse("names more than a mailbox; a ; in its name is written %3B");
    if (!text.empty() && text.back() == '/')
        text.remove_suffix(1);
    url.mailbox = decode(text, "mailbox name");
}

} // namespace

server_url parse_url(std::string_view text) {
    if (std::any_of(text.begin(), text.end(), [](char c) { return is_control(c) || c == ' '; }))
        refuse("has a space or a control character in it (a space in a name is written %20)");
    server_url url;
    read_scheme(text, url);
    const std::size_t slash = text.find('/');
    std::string_view authority = text.substr(0, slash);
    const std::size_t at = authority.rfind('@');
    if (at != none) {
        read_user(authority.substr(0, at), url);
        authority.remove_prefix(at + 1);
    }
    read_host(authority, url);
    if (slash != none)
        read_mailbox(text.substr(slash + 1), url);
    return url;
}

} // namespace coimap::tools
