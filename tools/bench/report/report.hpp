#pragma once
// What was measured, for people on a terminal, for programs, and as a page.

#include "bench/result.hpp"

#include <string>
#include <vector>

namespace coimap::tools::bench {

/// Where and how it was measured.
struct circumstances {
    std::string date;
    std::string machine;
    std::string command;
    unsigned runs = 0;
};
circumstances circumstances_of(std::string command, unsigned runs);

/// How the cost of one kind of work grows with its size.
struct growth_result {
    std::string title;
    std::vector<comparison> sizes;
    std::vector<double> counts;
};

std::string text_of(const comparison& about);
std::string json_of(const circumstances& how, const std::vector<comparison>& all,
                    const std::vector<growth_result>& growths);

/// README.md with the tables, and the plots beside it.
void write_page(const std::string& folder, const circumstances& how, const std::vector<comparison>& all,
                const std::vector<growth_result>& growths);
/// The plots alone; the names of their files, in order.
std::vector<std::string> write_plots(const std::string& folder, const std::vector<comparison>& all,
                                     const std::vector<growth_result>& growths);

} // namespace coimap::tools::bench
