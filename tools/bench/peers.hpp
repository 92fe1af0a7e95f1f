#pragma once
// Who takes part: this program in its own ways, and the peers that were installed.

#include "bench/contract.hpp"
#include "bench/result.hpp"
#include "bench/workloads.hpp"

#include <chrono>
#include <optional>

#include <string>
#include <vector>

namespace coimap::tools::bench {

struct peer {
    std::string name;
    std::string version;
    std::vector<std::string> command; ///< the words before the workload
    std::string mode;                 ///< for the task, of our own ways
};

/// From DIR/peers.tsv; only those named, unless the list is empty. Throws usage_error for one that is
/// missing.
std::vector<peer> installed_peers(const std::string& folder, const std::vector<std::string>& wanted);

/// This program itself.
peer own_peer(const own_part& part);

/// What came of one run.
struct outcome {
    std::optional<run> measured;
    bool unable = false; ///< a workload that the peer does not know
    std::string problem;
};

class replay_server;

/// Runs a peer once; `server` is the one it idles at.
outcome run_once(const peer& who, const task& work, replay_server* server, std::chrono::seconds patience);

} // namespace coimap::tools::bench
