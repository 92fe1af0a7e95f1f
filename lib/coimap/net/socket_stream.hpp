#pragma once
// A connected socket of any family as a stream.

#include "coimap/core/error.hpp"
#include "coimap/net/stream.hpp"

#include <asio/buffer.hpp>
#include <asio/error.hpp>
#include <asio/socket_base.hpp>
#include <asio/use_awaitable.hpp>

#include <system_error>
#include <utility>

namespace coimap {

template<class Socket>
class socket_stream : public stream {
public:
    explicit socket_stream(Socket socket) : socket_(std::move(socket)) {
        std::error_code ignored;
        socket_.non_blocking(true, ignored);
    }

    io_result read_some(std::span<char> room) noexcept override {
        io_result result;
        result.count = socket_.read_some(asio::buffer(room.data(), room.size()), result.error);
        result.error = portable(result.error);
        return result;
    }

    io_result write_some(std::string_view octets) noexcept override {
        io_result result;
        result.count = socket_.write_some(asio::buffer(octets.data(), octets.size()), result.error);
        result.error = portable(result.error);
        return result;
    }

    asio::awaitable<void> wait_readable() override {
        return socket_.async_wait(asio::socket_base::wait_read, asio::use_awaitable);
    }

    asio::awaitable<void> wait_writable() override {
        return socket_.async_wait(asio::socket_base::wait_write, asio::use_awaitable);
    }

    void when_readable(std::shared_ptr<read_listener> who) override {
        socket_.async_wait(asio::socket_base::wait_read, [who = std::move(who)](const std::error_code& code) {
            who->on_readable(code ? std::make_exception_ptr(std::system_error(code)) : nullptr);
        });
    }

    void close() noexcept override {
        std::error_code ignored;
        socket_.close(ignored);
    }

    asio::any_io_executor executor() noexcept override { return socket_.get_executor(); }

protected:
    Socket& socket() noexcept { return socket_; }

private:
    /// Asio's category gives would_block no portable meaning.
    static std::error_code portable(const std::error_code& code) noexcept {
        if (code == asio::error::would_block || code == asio::error::try_again)
            return would_block();
        if (code == asio::error::eof)
            return make_error_code(errc::connection_lost);
        return code;
    }

    Socket socket_;
};

} // namespace coimap
