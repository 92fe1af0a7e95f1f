#pragma once
// The parts of the engine that touch no network: the parser and the writer.

#include "bench/contract.hpp"

namespace coimap::tools::bench {

/// `parse` with the modes memchr, framing, typed and kept, over the file that task::file names, task::count
/// times; `write`, task::count commands.
bool run_in_memory(const task& work);

} // namespace coimap::tools::bench
