#pragma once
// Many connections of the engine that idle at once.

#include "bench/contract.hpp"

#include "coimap/client/options.hpp"

#include <asio/awaitable.hpp>

namespace coimap::tools::bench {

/// How every workload connects.
connect_options options_for(const task& work);

/// Opens work.count connections that idle, says so, and measures an event on each.
asio::awaitable<void> idle_many(task work);

} // namespace coimap::tools::bench
