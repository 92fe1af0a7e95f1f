#pragma once
// A TCP connection as a stream.

#include "coimap/net/socket_stream.hpp"

#include <asio/ip/tcp.hpp>

namespace coimap {

class tcp_stream final : public socket_stream<asio::ip::tcp::socket> {
public:
    /// Takes a connected socket; makes it non-blocking, without Nagle's delay, with keepalive.
    explicit tcp_stream(asio::ip::tcp::socket connected);
};

} // namespace coimap
