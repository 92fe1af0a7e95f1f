#pragma once
// The order of things: servers are started, and the peers take turns at each workload.

#include "bench/peers.hpp"
#include "bench/replay/server.hpp"
#include "bench/report/report.hpp"
#include "bench/workloads.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace coimap::tools::bench {

struct harness_options {
    std::vector<std::string> workloads; ///< empty: all
    std::vector<peer> peers;
    unsigned runs = 5;
    std::chrono::seconds patience{60};
    task server;      ///< a real one, which is recorded and measured as well
    std::string keys; ///< a folder with ca.crt, server.crt and server.key, for TLS
};

class harness {
public:
    explicit harness(harness_options options);
    ~harness();

    /// Measures everything; `show` gets each comparison as soon as it is complete.
    void run(const std::function<void(const comparison&)>& show);

    const harness_options& options() const noexcept { return options_; }
    const std::vector<comparison>& results() const noexcept { return results_; }
    const std::vector<growth_result>& growths() const noexcept { return growths_; }

private:
    bool wants(std::string_view name) const;
    void record();
    void provide(std::string_view mailbox);
    task task_for(const workload& what) const;
    comparison compare(const workload& what, const std::vector<peer>& who, unsigned runs);
    void grow();

    harness_options options_;
    recordings recordings_;
    std::string recorded_file_;
    std::unique_ptr<replay_server> replay_;
    std::vector<comparison> results_;
    std::vector<growth_result> growths_;
};

} // namespace coimap::tools::bench
