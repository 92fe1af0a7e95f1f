#pragma once
// A blocking connection, plain or over TLS: what the raw reader and the replay server stand on. It does the
// least that a program can do, since it is the limit that the engine is compared with.

#include "bench/contract.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

using SSL_CTX = struct ssl_ctx_st;
using SSL_SESSION = struct ssl_session_st;

namespace coimap::tools::bench {

/// What TLS needs on one side: a context of OpenSSL.
class tls_side {
public:
    /// `resumes`: a connection takes up the session of the one before.
    static std::shared_ptr<tls_side> client(const std::string& ca_file, bool resumes = false);
    static std::shared_ptr<tls_side> server(const std::string& certificate_file, const std::string& key_file);
    ~tls_side();
    tls_side(const tls_side&) = delete;
    tls_side& operator=(const tls_side&) = delete;

    SSL_CTX* native() const noexcept { return context_; }

private:
    friend class channel;
    explicit tls_side(SSL_CTX* context) noexcept : context_(context) {}

    SSL_CTX* context_;
    SSL_SESSION* session_ = nullptr; ///< to be resumed
};

/// Every failure is a std::runtime_error.
class channel {
public:
    static channel connect(const task& where, const std::shared_ptr<tls_side>& tls);
    /// Takes a connection that was accepted.
    static channel accept(int socket, const std::shared_ptr<tls_side>& tls);

    channel(channel&&) noexcept;
    channel& operator=(channel&&) noexcept;
    ~channel();

    /// 0 at the end.
    std::size_t read(std::span<char> room);
    void write(std::string_view octets);

    int socket() const noexcept { return socket_; }

    /// Whether TLS took up an earlier session.
    bool resumed() const noexcept;

private:
    struct tls_state;
    explicit channel(int socket) noexcept;

    int socket_;
    std::unique_ptr<tls_state> tls_;
};

} // namespace coimap::tools::bench
