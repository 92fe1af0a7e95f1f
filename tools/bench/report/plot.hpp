#pragma once
// Plots as SVG, drawn here: bars and lines on logarithmic scales, since the peers lie orders of magnitude
// apart.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coimap::tools::bench {

struct plot {
    struct bar {
        std::string label;
        double value = 0;
    };
    std::string title;
    std::string unit;
    std::vector<bar> values; ///< in the order in which they are drawn, from above
};

struct line_plot {
    struct line {
        std::string label;
        std::vector<std::pair<double, double>> points;
    };
    std::string title;
    std::string unit;
    std::vector<line> lines;

    void add(std::string_view label, double x, double y);
};

std::string svg_of(const plot& bars);
std::string svg_of(const line_plot& lines);

} // namespace coimap::tools::bench
