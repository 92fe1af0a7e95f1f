#pragma once
// The engine as a peer: the workloads done as a program that uses coimap would do them.

#include "bench/contract.hpp"

namespace coimap::tools::bench {

/// Does the work of a peer and prints its line. False: there is no such workload.
bool run_engine(const task& work);

} // namespace coimap::tools::bench
