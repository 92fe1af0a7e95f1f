#pragma once
// What is shown of each workload: its columns, for the table on a terminal and the one of the page alike.

#include "bench/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools::bench {

/// Rows of text; the first is the heading.
using text_table = std::vector<std::vector<std::string>>;

/// Fastest first; who could not do it stands last, with the reason.
text_table table_of(const comparison& about);

/// The measure by which a workload is compared, and plotted: lower is better.
struct measure {
    std::string_view title;
    double (*value)(const series&);
};
measure measure_of(std::string_view workload);

/// 3 digits that count: "0.0123", "1.23", "123", "12,300".
std::string rounded(double value);

} // namespace coimap::tools::bench
