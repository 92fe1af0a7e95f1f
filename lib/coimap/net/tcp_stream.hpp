#pragma once
// A TCP connection as a stream.

#include "coimap/net/stream.hpp"

#include <asio/ip/tcp.hpp>

namespace coimap {

class tcp_stream final : public stream {
public:
    /// Takes a connected socket; makes it non-blocking, without Nagle's delay, with keepalive.
    explicit tcp_stream(asio::ip::tcp::socket socket);

    io_result read_some(std::span<char> room) noexcept override;
    io_result write_some(std::string_view octets) noexcept override;
    asio::awaitable<void> wait_readable() override;
    asio::awaitable<void> wait_writable() override;
    void when_readable(std::shared_ptr<read_listener> who) override;
    void close() noexcept override;
    asio::any_io_executor executor() noexcept override { return socket_.get_executor(); }

private:
    asio::ip::tcp::socket socket_;
};

} // namespace coimap
