#pragma once
// From a host and a port to a connected socket: every address in turn, each with its share of the time.

#include "coimap/net/stream.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace coimap {

/// Resolves and connects. Throws coimap::error: the last address' error, or errc::connect_timed_out.
/// Cancellation ends it at once.
asio::awaitable<std::unique_ptr<stream>> dial(std::string host, std::uint16_t port,
                                              std::chrono::steady_clock::time_point deadline);

} // namespace coimap
