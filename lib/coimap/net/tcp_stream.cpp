#include "coimap/net/tcp_stream.hpp"

#include "coimap/core/error.hpp"

#include <asio/buffer.hpp>
#include <asio/use_awaitable.hpp>

#include <netinet/tcp.h>

namespace coimap {
namespace {

template<int Level, int Name>
using int_option = asio::detail::socket_option::integer<Level, Name>;

/// Asio's category gives would_block no portable meaning.
std::error_code portable(const std::error_code& code) noexcept {
    if (code == asio::error::would_block || code == asio::error::try_again)
        return would_block();
    if (code == asio::error::eof)
        return make_error_code(errc::connection_lost);
    return code;
}

} // namespace

tcp_stream::tcp_stream(asio::ip::tcp::socket socket) : socket_(std::move(socket)) {
    std::error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    // A peer that vanished without a word is noticed within two minutes, idling or not.
    socket_.set_option(asio::socket_base::keep_alive(true), ignored);
    socket_.set_option(int_option<IPPROTO_TCP, TCP_KEEPIDLE>(60), ignored);
    socket_.set_option(int_option<IPPROTO_TCP, TCP_KEEPINTVL>(10), ignored);
    // Takes the place of the number of probes, TCP_KEEPCNT, as well.
    socket_.set_option(int_option<IPPROTO_TCP, TCP_USER_TIMEOUT>(90'000), ignored);
}

io_result tcp_stream::read_some(std::span<char> room) noexcept {
    io_result result;
    result.count = socket_.read_some(asio::buffer(room.data(), room.size()), result.error);
    result.error = portable(result.error);
    return result;
}

io_result tcp_stream::write_some(std::string_view octets) noexcept {
    io_result result;
    result.count = socket_.write_some(asio::buffer(octets.data(), octets.size()), result.error);
    result.error = portable(result.error);
    return result;
}

asio::awaitable<void> tcp_stream::wait_readable() {
    return socket_.async_wait(asio::socket_base::wait_read, asio::use_awaitable);
}

asio::awaitable<void> tcp_stream::wait_writable() {
    return socket_.async_wait(asio::socket_base::wait_write, asio::use_awaitable);
}

void tcp_stream::when_readable(std::shared_ptr<read_listener> who) {
    socket_.async_wait(asio::socket_base::wait_read, [who = std::move(who)](const std::error_code& code) {
        who->on_readable(code ? std::make_exception_ptr(std::system_error(code)) : nullptr);
    });
}

void tcp_stream::close() noexcept {
    std::error_code ignored;
    socket_.close(ignored);
}

} // namespace coimap
