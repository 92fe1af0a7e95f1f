#include "bench/report/columns.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace coimap::tools::bench {
namespace {

double milliseconds(const series& each) {
    return each.cpu() * 1e3;
}
double kib_each(const series& each) {
    return each.median([](const run& one) { return one.kib_each; });
}
double ns_an_item(const series& each) {
    return each.median([](const run& one) { return one.items > 0 ? one.cpu() * 1e9 / one.items : 0; });
}
double us_an_item(const series& each) {
    return ns_an_item(each) / 1e3;
}

/// "12.3 (11.9-12.8)": the middle, and the range of the middle half.
std::string spread(const series& each, double (*value)(const run&)) {
    return rounded(each.median(value)) + " (" + rounded(each.quantile(value, 0.25)) + "-" +
           rounded(each.quantile(value, 0.75)) + ")";
}

std::string times(double value, double limit) {
    return limit > 0 && value > 0 ? rounded(value / limit) : "-";
}

std::string name_of(const series& each) {
    return each.version.empty() || each.peer.starts_with("coimap") ? each.peer
                                                                   : each.peer + " " + each.version;
}

using row = std::vector<std::string>;

row heading(std::string_view workload) {
    if (workload == "idle")
        return {"", "KiB a connection", "wake-ups a second", "CPU us an event", "us to the handler"};
    if (workload == "parse")
        return {"", "MB/s", "ns a message"};
    if (workload == "write")
        return {"", "commands a second", "ns a command"};
    return {"", "CPU ms", "wall ms", "peak MiB", "CPU x raw", "CPU x coimap", "wall x raw"};
}

row row_of(std::string_view workload, const series& each, const series* raw, const series* engine) {
    if (workload == "idle")
        return {name_of(each), rounded(kib_each(each)),
                rounded(each.median([](const run& one) { return one.wakeups; })), rounded(us_an_item(each)),
                rounded(each.median([](const run& one) { return one.event_latency_us; }))};
    if (workload == "parse")
        return {name_of(each),
                rounded(each.median([](const run& one) { return one.bytes / one.cpu() / 1e6; })),
                rounded(ns_an_item(each))};
    if (workload == "write")
        return {name_of(each), rounded(each.median([](const run& one) { return one.items / one.cpu(); })),
                rounded(ns_an_item(each))};
    return {name_of(each),
            spread(each, [](const run& one) { return one.cpu() * 1e3; }),
            spread(each, [](const run& one) { return one.wall * 1e3; }),
            rounded(each.peak_kib() / 1024),
            times(each.cpu(), raw != nullptr ? raw->cpu() : 0),
            times(each.cpu(), engine != nullptr ? engine->cpu() : 0),
            times(each.wall(), raw != nullptr ? raw->wall() : 0)};
}

} // namespace

std::string rounded(double value) {
    if (value == 0)
        return "0";
    const int digits = static_cast<int>(std::floor(std::log10(std::fabs(value))));
    char text[40];
    std::snprintf(text, sizeof text, "%.*f", std::clamp(2 - digits, 0, 6), value);
    std::string shown(text);
    for (std::size_t point = std::min(shown.find('.'), shown.size()); point > 3 && shown[point - 4] != '-';)
        shown.insert(point -= 3, ",");
    return shown;
}

measure measure_of(std::string_view workload) {
    if (workload == "idle")
        return {"KiB a connection", kib_each};
    if (workload == "parse" || workload == "write")
        return {"ns an item", ns_an_item};
    return {"CPU ms", milliseconds};
}

text_table table_of(const comparison& about) {
    text_table table{heading(about.workload)};
    const series* raw = about.find("raw");
    const series* engine = about.find("coimap");
    std::vector<const series*> order;
    for (const series& each : about.all)
        if (!each.runs.empty())
            order.push_back(&each);
    const auto value = measure_of(about.workload).value;
    std::sort(order.begin(), order.end(),
              [value](const series* a, const series* b) { return value(*a) < value(*b); });
    for (const series* each : order)
        table.push_back(row_of(about.workload, *each, raw, engine));
    for (const series& each : about.all)
        if (each.runs.empty() && !each.problem.empty())
            table.push_back({name_of(each), each.problem});
    return table;
}

} // namespace coimap::tools::bench
