#include "coimap/net/dialer.hpp"

#include "coimap/core/error.hpp"
#include "coimap/net/closing_timer.hpp"
#include "coimap/net/tcp_stream.hpp"

#include <asio/ip/tcp.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/use_awaitable.hpp>

#include <algorithm>
#include <memory>
#include <vector>

namespace coimap {
namespace {

using asio::ip::tcp;
using time_point = std::chrono::steady_clock::time_point;

struct resolution {
    resolution(const asio::any_io_executor& executor, time_point deadline)
        : resolver(executor), ended(executor, deadline) {}

    tcp::resolver resolver;
    asio::steady_timer ended;
    tcp::resolver::results_type found;
    std::error_code code;
    bool done = false;
};

/// The system's getaddrinfo() cannot be interrupted: who gives up leaves it behind, on the resolver's thread,
/// with all that it refers to.
asio::awaitable<tcp::resolver::results_type> resolve(std::string host, std::string service,
                                                     time_point deadline) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const auto query = std::make_shared<resolution>(executor, deadline);
    query->resolver.async_resolve(host, service, tcp::resolver::numeric_service,
                                  [query](const std::error_code& code, tcp::resolver::results_type found) {
                                      query->code = code;
                                      query->found = std::move(found);
                                      query->done = true;
                                      query->ended.cancel();
                                  });
    std::error_code interrupted;
    co_await query->ended.async_wait(asio::redirect_error(asio::use_awaitable, interrupted));
    if (!query->done) {
        query->resolver.cancel();
        throw std::system_error(interrupted ? interrupted : make_error_code(errc::connect_timed_out));
    }
    if (query->code)
        throw std::system_error(query->code);
    co_return std::move(query->found);
}

/// One after the other of both families (RFC 8305 section 4), in the resolver's order otherwise.
std::vector<tcp::endpoint> interleave(const tcp::resolver::results_type& found) {
    std::vector<tcp::endpoint> first;
    std::vector<tcp::endpoint> second;
    for (const auto& each : found) {
        const tcp::endpoint endpoint = each.endpoint();
        const bool same = first.empty() || first.front().address().is_v6() == endpoint.address().is_v6();
        (same ? first : second).push_back(endpoint);
    }
    std::vector<tcp::endpoint> result;
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size())
            result.push_back(first[i]);
        if (i < second.size())
            result.push_back(second[i]);
    }
    return result;
}

/// An address is taken as it is: the system's resolver is asked on a thread of its own, which is woken for
/// nothing then.
asio::awaitable<std::vector<tcp::endpoint>> endpoints_of(std::string host, std::uint16_t port,
                                                         time_point deadline) {
    std::error_code is_name;
    const asio::ip::address address = asio::ip::make_address(host, is_name);
    if (!is_name) {
        std::vector<tcp::endpoint> one(1, tcp::endpoint(address, port));
        co_return one;
    }
    const auto found = co_await resolve(std::move(host), std::to_string(port), deadline);
    co_return interleave(found);
}

} // namespace

asio::awaitable<std::unique_ptr<stream>> dial(std::string host, std::uint16_t port, time_point deadline) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    diagnostics details;
    details.operation = "connect to " + host + ":" + std::to_string(port);
    details.connection_usable = false;

    std::vector<tcp::endpoint> endpoints;
    std::error_code failure;
    try {
        endpoints = co_await endpoints_of(host, port, deadline);
    } catch (const std::system_error& problem) {
        failure = problem.code();
    }
    if (failure)
        throw error(failure, details);

    for (std::size_t i = 0; i < endpoints.size(); ++i) {
        const time_point now = std::chrono::steady_clock::now();
        if (now >= deadline) {
            failure = make_error_code(errc::connect_timed_out);
            break;
        }
        // An address that does not answer must not eat the time of the others.
        const auto share = (deadline - now) / static_cast<int>(endpoints.size() - i);
        tcp::socket socket(executor);
        bool expired = false;
        {
            const closing_timer timer(executor, now + share, [&socket] {
                std::error_code ignored;
                socket.close(ignored);
            });
            try {
                co_await socket.async_connect(endpoints[i], asio::use_awaitable);
                failure = {};
            } catch (const std::system_error& problem) {
                failure = problem.code();
            }
            expired = timer.expired();
        }
        if (expired)
            failure = make_error_code(errc::connect_timed_out);
        if (!failure) {
            // Asio watches a socket that has connected for being writable ever after, so that each wait for
            // octets would wake up twice: it gets to know this one as another.
            tcp::socket fresh(executor, endpoints[i].protocol(), socket.release());
            co_return std::make_unique<tcp_stream>(std::move(fresh));
        }
        if (failure == asio::error::operation_aborted)
            break;
    }
    if (endpoints.empty())
        failure = asio::error::host_not_found;
    throw error(failure, details);
}

} // namespace coimap
