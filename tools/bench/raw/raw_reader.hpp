#pragma once
// The limit: a program that sends the same commands as the peers and only counts octets up to the tagged
// answer. What it needs, no client can do without.

#include "bench/contract.hpp"

namespace coimap::tools::bench {

/// Does the work of a peer and prints its line. False: not a workload for it.
bool run_raw(const task& work);

/// The octets of the FETCH responses that a server has for a mailbox: what the replay server sends later.
std::string record_fetch(const task& where, std::string_view items);

} // namespace coimap::tools::bench
