#include "bench/channel.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace coimap::tools::bench {
namespace {

[[noreturn]] void fail(const std::string& what) {
    const unsigned long code = ERR_get_error();
    const char* why = code != 0 ? ERR_reason_error_string(code) : std::strerror(errno);
    throw std::runtime_error(what + ": " + (why != nullptr ? why : "failed"));
}

void set_no_delay(int socket) {
    const int yes = 1;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

} // namespace

struct channel::tls_state {
    std::shared_ptr<tls_side> side;
    SSL* ssl = nullptr;

    ~tls_state() { SSL_free(ssl); }
};

std::shared_ptr<tls_side> tls_side::client(const std::string& ca_file, bool resumes) {
    std::shared_ptr<tls_side> made(new tls_side(SSL_CTX_new(TLS_client_method())));
    SSL_CTX_set_verify(made->context_, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_read_ahead(made->context_, 1);
    SSL_CTX_set_default_read_buffer_len(made->context_, 64 * 1024);
    if (ca_file.empty())
        SSL_CTX_set_default_verify_paths(made->context_);
    else if (SSL_CTX_load_verify_locations(made->context_, ca_file.c_str(), nullptr) != 1)
        fail("read " + ca_file);
    if (resumes) {
        SSL_CTX_set_session_cache_mode(made->context_, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
        SSL_CTX_set_app_data(made->context_, made.get());
        SSL_CTX_sess_set_new_cb(made->context_, [](SSL* ssl, SSL_SESSION* session) {
            auto* side = static_cast<tls_side*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
            SSL_SESSION_free(std::exchange(side->session_, session));
            return 1;
        });
    }
    return made;
}

std::shared_ptr<tls_side> tls_side::server(const std::string& certificate_file, const std::string& key_file) {
    std::shared_ptr<tls_side> made(new tls_side(SSL_CTX_new(TLS_server_method())));
    if (SSL_CTX_use_certificate_chain_file(made->context_, certificate_file.c_str()) != 1)
        fail("read " + certificate_file);
    if (SSL_CTX_use_PrivateKey_file(made->context_, key_file.c_str(), SSL_FILETYPE_PEM) != 1)
        fail("read " + key_file);
    SSL_CTX_set_mode(made->context_, SSL_MODE_RELEASE_BUFFERS);
    return made;
}

tls_side::~tls_side() {
    SSL_SESSION_free(session_);
    SSL_CTX_free(context_);
}

channel::channel(int socket) noexcept : socket_(socket) {}
channel::channel(channel&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), tls_(std::move(other.tls_)) {}
channel& channel::operator=(channel&& other) noexcept {
    std::swap(socket_, other.socket_);
    std::swap(tls_, other.tls_);
    return *this;
}

channel::~channel() {
    if (socket_ < 0)
        return;
    if (tls_)
        SSL_shutdown(tls_->ssl);
    ::close(socket_);
}

channel channel::connect(const task& where, const std::shared_ptr<tls_side>& tls) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(where.host.c_str(), std::to_string(where.port).c_str(), &wanted, &found) != 0)
        throw std::runtime_error(where.host + ": no such host");
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> all(found, ::freeaddrinfo);
    channel made(::socket(all->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (made.socket_ < 0 || ::connect(made.socket_, all->ai_addr, all->ai_addrlen) != 0)
        fail("connect to " + where.host + ":" + std::to_string(where.port));
    set_no_delay(made.socket_);
    if (tls) {
        made.tls_ = std::make_unique<tls_state>();
        made.tls_->side = tls;
        made.tls_->ssl = SSL_new(tls->native());
        SSL_set_fd(made.tls_->ssl, made.socket_);
        const std::string name = where.server_name();
        SSL_set1_host(made.tls_->ssl, name.c_str());
        SSL_set_tlsext_host_name(made.tls_->ssl, name.c_str());
        if (tls->session_ != nullptr)
            SSL_set_session(made.tls_->ssl, tls->session_);
        if (SSL_connect(made.tls_->ssl) != 1)
            fail("TLS");
    }
    return made;
}

channel channel::accept(int socket, const std::shared_ptr<tls_side>& tls) {
    channel made(socket);
    set_no_delay(socket);
    if (tls) {
        made.tls_ = std::make_unique<tls_state>();
        made.tls_->side = tls;
        made.tls_->ssl = SSL_new(tls->native());
        SSL_set_fd(made.tls_->ssl, socket);
        if (SSL_accept(made.tls_->ssl) != 1)
            fail("TLS");
    }
    return made;
}

std::size_t channel::read(std::span<char> room) {
    if (tls_) {
        const int got = SSL_read(tls_->ssl, room.data(), static_cast<int>(room.size()));
        if (got > 0)
            return static_cast<std::size_t>(got);
        if (SSL_get_error(tls_->ssl, got) == SSL_ERROR_ZERO_RETURN)
            return 0;
        fail("read");
    }
    for (;;) {
        const ssize_t got = ::recv(socket_, room.data(), room.size(), 0);
        if (got >= 0)
            return static_cast<std::size_t>(got);
        if (errno != EINTR)
            fail("read");
    }
}

void channel::write(std::string_view octets) {
    while (!octets.empty()) {
        constexpr std::size_t most = std::size_t{1} << 24;
        const std::size_t piece = std::min(octets.size(), most);
        const ssize_t put = tls_ ? SSL_write(tls_->ssl, octets.data(), static_cast<int>(piece))
                                 : ::send(socket_, octets.data(), piece, MSG_NOSIGNAL);
        if (put <= 0 && (tls_ || errno != EINTR))
            fail("write");
        if (put > 0)
            octets.remove_prefix(static_cast<std::size_t>(put));
    }
}

bool channel::resumed() const noexcept {
    return tls_ && SSL_session_reused(tls_->ssl) == 1;
}

} // namespace coimap::tools::bench
