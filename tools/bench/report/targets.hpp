#pragma once
// What the engine is to reach, beside what it reached: the first table of the page.

#include "bench/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools::bench {

struct target_result {
    std::string_view what;
    std::string_view wanted;
    std::string measured;
    bool reached = false;
    std::string_view reason; ///< where the distance lies, when it was not reached
};

/// Those whose workloads were measured.
std::vector<target_result> check_targets(const std::vector<comparison>& all);

} // namespace coimap::tools::bench
