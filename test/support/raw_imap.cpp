#include "support/raw_imap.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdexcept>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace coimap::test {

namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

/// The size of the literal that a line announces at its end, or npos.
std::size_t announced_literal(std::string_view line) {
    if (line.empty() || line.back() != '}')
        return std::string_view::npos;
    const auto brace = line.rfind('{');
    if (brace == std::string_view::npos)
        return std::string_view::npos;
    std::size_t size = 0;
    const char* end = line.data() + line.size() - 1;
    const auto [stop, error] = std::from_chars(line.data() + brace + 1, end, size);
    return error == std::errc() && stop == end ? size : std::string_view::npos;
}

} // namespace

raw_imap::raw_imap(unsigned short port, std::chrono::milliseconds timeout) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket_ < 0)
        fail("socket");
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout);
    timeval limit{};
    limit.tv_sec = seconds.count();
    limit.tv_usec = static_cast<suseconds_t>(std::chrono::microseconds(timeout - seconds).count());
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);

    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    try {
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            fail("connect");
        greeting_ = line();
    } catch (...) {
        ::close(socket_);
        throw;
    }
}

raw_imap::~raw_imap() {
    ::close(socket_);
}

void raw_imap::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            fail("send");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::size_t raw_imap::fill() {
    received_.erase(0, consumed_);
    consumed_ = 0;
    char block[65536];
    while (true) {
        const auto got = ::recv(socket_, block, sizeof block, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            fail("receive");
        if (got == 0)
            throw std::runtime_error("the server closed the connection");
        received_.append(block, static_cast<std::size_t>(got));
        return static_cast<std::size_t>(got);
    }
}

std::string raw_imap::take(std::size_t size) {
    while (received_.size() - consumed_ < size)
        fill();
    auto taken = received_.substr(consumed_, size);
    consumed_ += size;
    return taken;
}

std::string raw_imap::line() {
    std::size_t end = 0;
    while ((end = received_.find("\r\n", consumed_)) == std::string::npos)
        fill();
    auto taken = take(end - consumed_);
    consumed_ += 2;
    return taken;
}

std::string raw_imap::begin(std::string_view command) {
    auto tag = "t" + std::to_string(++last_tag_);
    std::string text = tag;
    text += ' ';
    text += command;
    text += "\r\n";
    send(text);
    return tag;
}

std::vector<std::string> raw_imap::finish(std::string_view tag) {
    std::vector<std::string> lines;
    while (true) {
        auto text = line();
        for (auto size = announced_literal(text); size != std::string_view::npos;) {
            text += "\r\n" + take(size);
            const auto rest = line();
            text += rest;
            size = announced_literal(rest);
        }
        const bool last = text.starts_with(tag) && text.size() > tag.size() && text[tag.size()] == ' ';
        lines.push_back(std::move(text));
        if (!last)
            continue;
        if (!std::string_view(lines.back()).substr(tag.size() + 1).starts_with("OK"))
            throw std::runtime_error("the server refused: " + lines.back());
        return lines;
    }
}

void raw_imap::login(std::string_view user, std::string_view password) {
    std::string text = "LOGIN ";
    text += user;
    text += ' ';
    text += password;
    command(text);
}

std::string append_argument(const outgoing_message& message) {
    std::string text;
    if (!message.flags.empty())
        text += " (" + message.flags + ")";
    if (!message.date.empty())
        text += " \"" + message.date + "\"";
    text += " {" + std::to_string(message.content.size()) + "+}\r\n";
    text += message.content;
    return text;
}

void append(unsigned short port, std::string_view user, std::string_view mailbox,
            const outgoing_message& message) {
    raw_imap connection(port);
    connection.login(user);
    std::string text = "APPEND \"";
    text += mailbox;
    text += '"';
    text += append_argument(message);
    connection.command(text);
    connection.command("LOGOUT");
}

} // namespace coimap::test
