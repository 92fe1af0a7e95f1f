#pragma once
// TLS over any stream, on OpenSSL: it is fed from large reads of the stream below, and holds no buffer of its
// own between them.

#include "coimap/net/stream.hpp"
#include "coimap/net/tls_options.hpp"

#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace coimap {

/// The settings in OpenSSL's form; shared by connections with the same options.
class tls_context {
public:
    /// Throws coimap::error for files that cannot be read.
    explicit tls_context(const tls_options& options);
    ~tls_context();
    tls_context(const tls_context&) = delete;
    tls_context& operator=(const tls_context&) = delete;

    ssl_ctx_st* native() const noexcept { return context_; }
    const tls_options& options() const noexcept { return options_; }

private:
    tls_options options_;
    ssl_ctx_st* context_ = nullptr;
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
    void close() noexcept override;
    asio::any_io_executor executor() noexcept override { return below_->executor(); }
    std::string description() const override;

    /// Ciphertext on its way in and out of OpenSSL.
    struct pipe;

private:
    bool fill(std::error_code& error) noexcept;

    std::unique_ptr<stream> below_;
    std::shared_ptr<const tls_context> context_;
    std::string host_;
    std::unique_ptr<pipe> pipe_;
    ssl_st* ssl_ = nullptr;
    bool ready_ = false;
};

} // namespace coimap
