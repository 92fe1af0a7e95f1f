#pragma once
// What was measured: runs, and what is said of many of them.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools::bench {

/// One run of one peer.
struct run {
    double items = 0;
    double bytes = 0;
    double wall = 0; ///< seconds
    double user = 0;
    double sys = 0;
    double peak_kib = 0;
    // Of the workload `idle` only.
    double kib_each = 0;         ///< growth of memory for one connection
    double wakeups = 0;          ///< in a second in which nothing happened
    double event_latency_us = 0; ///< median, from the server's write to the handler

    double cpu() const noexcept { return user + sys; }
};

/// The runs of one peer in one workload.
struct series {
    std::string peer;
    std::string version;
    std::vector<run> runs;
    std::string problem; ///< why there are none

    /// The middle of the runs; 0 of none.
    template<class Value>
    double median(Value value) const {
        return quantile(value, 0.5);
    }
    template<class Value>
    double quantile(Value value, double share) const {
        if (runs.empty())
            return 0;
        std::vector<double> values;
        for (const run& each : runs)
            values.push_back(value(each));
        std::sort(values.begin(), values.end());
        const double place = share * static_cast<double>(values.size() - 1);
        const auto below = static_cast<std::size_t>(place);
        const double above = values[std::min(below + 1, values.size() - 1)];
        return values[below] + (place - static_cast<double>(below)) * (above - values[below]);
    }
    double cpu() const {
        return median([](const run& each) { return each.cpu(); });
    }
    double wall() const {
        return median([](const run& each) { return each.wall; });
    }
    double peak_kib() const {
        return median([](const run& each) { return each.peak_kib; });
    }
};

/// A workload and everybody who did it.
struct comparison {
    std::string workload;
    std::string title;
    std::vector<series> all;

    const series* find(std::string_view peer) const noexcept {
        for (const series& each : all)
            if (each.peer == peer && !each.runs.empty())
                return &each;
        return nullptr;
    }
};

/// The number behind `"key":` in a line of JSON.
std::optional<double> number_in(std::string_view json, std::string_view key);
std::vector<double> numbers_in(std::string_view json, std::string_view key);

/// Reads the line that a peer prints. Nothing when it is none.
std::optional<run> read_run(std::string_view json);

} // namespace coimap::tools::bench
