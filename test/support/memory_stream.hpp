#pragma once
// The client's end of a connection that exists in memory only; a test plays the server on the other.

#include "coimap/core/error.hpp"
#include "coimap/net/stream.hpp"
#include "coimap/net/waiter.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

namespace coimap::test {

/// What both ends share.
struct memory_link {
    std::string to_client;
    std::string to_server;
    std::size_t writes = 0; ///< calls of write_some that moved something
    std::size_t server_room =
        std::numeric_limits<std::size_t>::max(); ///< octets the server takes before it stalls
    std::size_t largest_read = std::numeric_limits<std::size_t>::max();
    std::error_code end; ///< what reading reports once to_client is empty
    bool closed_by_client = false;
    waiter readable;
    waiter writable;

    void send(std::string_view octets) {
        to_client += octets;
        readable.wake();
    }
    void hang_up(std::error_code reason = make_error_code(errc::connection_lost)) {
        end = reason;
        readable.wake();
    }
    void take(std::size_t more) {
        server_room = more;
        writable.wake();
    }
};

class memory_stream final : public coimap::stream {
public:
    memory_stream(asio::any_io_executor executor, std::shared_ptr<memory_link> link)
        : executor_(std::move(executor)), link_(std::move(link)) {}
    ~memory_stream() override { close(); }

    io_result read_some(std::span<char> room) noexcept override {
        io_result result;
        if (link_->to_client.empty()) {
            result.error = link_->end ? link_->end : would_block();
            return result;
        }
        result.count = std::min({room.size(), link_->to_client.size(), link_->largest_read});
        std::copy_n(link_->to_client.data(), result.count, room.data());
        link_->to_client.erase(0, result.count);
        return result;
    }

    io_result write_some(std::string_view octets) noexcept override {
        io_result result;
        if (link_->closed_by_client) {
            result.error = make_error_code(errc::connection_lost);
            return result;
        }
        result.count = std::min(octets.size(), link_->server_room);
        if (result.count == 0) {
            result.error = would_block();
            return result;
        }
        if (link_->server_room != std::numeric_limits<std::size_t>::max())
            link_->server_room -= result.count;
        link_->to_server += octets.substr(0, result.count);
        ++link_->writes;
        return result;
    }

    asio::awaitable<void> wait_readable() override {
        const std::shared_ptr<memory_link> link = link_;
        memory_link* const raw = link.get();
        if (raw->to_client.empty() && !raw->end && !raw->closed_by_client)
            co_await raw->readable.wait([raw] { raw->readable.wake(); });
        throw_if_closed();
    }

    asio::awaitable<void> wait_writable() override {
        const std::shared_ptr<memory_link> link = link_;
        memory_link* const raw = link.get();
        if (raw->server_room == 0 && !raw->closed_by_client)
            co_await raw->writable.wait([raw] { raw->writable.wake(); });
        throw_if_closed();
    }

    void close() noexcept override {
        link_->closed_by_client = true;
        link_->readable.wake();
        link_->writable.wake();
    }

    asio::any_io_executor executor() noexcept override { return executor_; }

private:
    void throw_if_closed() const {
        if (link_->closed_by_client)
            throw std::system_error(std::make_error_code(std::errc::operation_canceled));
    }

    asio::any_io_executor executor_;
    std::shared_ptr<memory_link> link_;
};

} // namespace coimap::test
