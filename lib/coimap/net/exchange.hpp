#pragma once
// Whole messages over a stream, for what is said before IMAP begins. Every failure is a coimap::error or a
// std::system_error.

#include "coimap/net/stream.hpp"

#include <string>

namespace coimap {

/// Sends all of it, and wipes it: there may be a password in it. The stream outlives the wait.
asio::awaitable<void> write_all(stream& to, std::string octets);

/// Exactly so many octets: those behind them stay where they are. The stream outlives the wait.
asio::awaitable<std::string> read_exactly(stream& from, std::size_t count);

} // namespace coimap
