#pragma once
// From a host and a port to a connected socket: every address in turn, each with its share of the time.

#include "coimap/net/stream.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace coimap {

/// Resolves and connects. Throws coimap::error: the last address' error, or errc::connect_timed_out.
/// Cancellation and the deadline end it at once; a resolver of the system's that hangs meanwhile is left
/// behind, and keeps io_context::run() from returning until it answers.
asio::awaitable<std::unique_ptr<stream>> dial(std::string host, std::uint16_t port,
                                              std::chrono::steady_clock::time_point deadline);

} // namespace coimap
