#pragma once
// TLS over any stream, on OpenSSL: it is fed from large reads of the stream below, and holds no buffer of its
// own between them.

#include "coimap/net/stream.hpp"
#include "coimap/net/tls_options.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>

struct ssl_ctx_st;
struct ssl_session_st;
struct ssl_st;

namespace coimap {

/// The settings in OpenSSL's form; shared by connections with the same options, of any thread.
class tls_context {
public:
    /// The one that belongs to these options; made when it is asked for first.
    static std::shared_ptr<const tls_context> of(const tls_options& options);

    /// Throws coimap::error for files that cannot be read.
    explicit tls_context(const tls_options& options);
    ~tls_context();
    tls_context(const tls_context&) = delete;
    tls_context& operator=(const tls_context&) = delete;

    ssl_ctx_st* native() const noexcept { return context_; }
    const tls_options& options() const noexcept { return options_; }

    /// A session that the server gave, for the next connection to this host. Takes over a reference.
    void remember(const std::string& host, ssl_session_st* session) const;
    bool has_session(const std::string& host) const;
    /// Offers the last one to the server, once: who watches could tell by it that two connections are of one
    /// client (RFC 8446 appendix C.4).
    void resume(ssl_st* connection, const std::string& host) const;

private:
    struct session_end {
        void operator()(ssl_session_st* session) const noexcept;
    };

    tls_options options_;
    ssl_ctx_st* context_ = nullptr;
    mutable std::mutex mutex_;
    mutable std::map<std::string, std::unique_ptr<ssl_session_st, session_end>> sessions_;
};

class tls_stream final : public stream {
public:
    /// `host` is verified against the certificate, and sent as SNI where it is a name.
    tls_stream(std::unique_ptr<stream> below, std::shared_ptr<const tls_context> context, std::string host);
    ~tls_stream() override;

    /// Throws coimap::error: errc::certificate_rejected, errc::tls_failed, or what the stream below reports.
    asio::awaitable<void> handshake();

    io_result read_some(std::span<char> room) noexcept override;
    io_result write_some(std::string_view octets) noexcept override;
    std::error_code flush() noexcept override;
    asio::awaitable<void> wait_readable() override;
    asio::awaitable<void> wait_writable() override;
    void when_readable(std::shared_ptr<read_listener> who) override;
    void close() noexcept override;
    asio::any_io_executor executor() noexcept override { return below_->executor(); }
    std::string description() const override;

    /// For OpenSSL's callback.
    void remember(ssl_session_st* session) const { context_->remember(host_, session); }

    /// Ciphertext on its way in and out of OpenSSL.
    struct pipe;

private:
    io_result fill() noexcept;

    std::unique_ptr<stream> below_;
    std::shared_ptr<const tls_context> context_;
    std::string host_;
    std::unique_ptr<pipe> pipe_;
    ssl_st* ssl_ = nullptr;
    bool ready_ = false;
};

} // namespace coimap
