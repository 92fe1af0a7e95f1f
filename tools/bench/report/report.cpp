#include "bench/report/report.hpp"

#include "bench/report/columns.hpp"
#include "bench/report/plot.hpp"
#include "bench/report/targets.hpp"

#include "common/exit_status.hpp"
#include "common/json_sink.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <thread>

namespace coimap::tools::bench {
namespace {

std::string first_value(const char* file, std::string_view key) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(key) && line.find(':') != std::string::npos)
            return line.substr(line.find(':') + 2);
    return "unknown";
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush())
        throw failure(exit_status::input_output, path + " cannot be written");
}

std::string file_name(std::string_view title) {
    std::string name;
    for (const char c : title)
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            name += c;
        else if (c >= 'A' && c <= 'Z')
            name += static_cast<char>(c + 32);
        else if (!name.empty() && name.back() != '-' && c != ',')
            name += '-';
    return name + ".svg";
}

std::string markdown(const text_table& table) {
    std::string text;
    const std::size_t width = table.front().size();
    for (std::size_t line = 0; line < table.size(); ++line) {
        text += "|";
        for (std::size_t i = 0; i < width; ++i)
            text += " " + (i < table[line].size() ? table[line][i] : std::string()) + " |";
        text += "\n";
        if (line != 0)
            continue;
        text += "|---|";
        for (std::size_t i = 1; i < width; ++i)
            text += "--:|";
        text += "\n";
    }
    return text;
}

/// What was to be reached, and what was; nothing when none of it was measured.
std::string targets_text(const std::vector<comparison>& all) {
    const std::vector<target_result> targets = check_targets(all);
    if (targets.empty())
        return {};
    text_table table{{"", "measured", "wanted", ""}};
    std::string reasons;
    for (const target_result& each : targets) {
        table.push_back({std::string(each.what), each.measured, std::string(each.wanted),
                         each.reached ? "reached" : "**not reached**"});
        if (!each.reached)
            reasons.append("- *").append(each.what).append("*: ").append(each.reason).append("\n");
    }
    std::string text = "\n## What was to be reached\n\n" + markdown(table);
    if (!reasons.empty())
        text += "\nWhere the distance lies, by profiles:\n\n" + reasons;
    return text;
}

plot bars_of(const comparison& about) {
    const measure by = measure_of(about.workload);
    plot made{about.workload + ": " + about.title, std::string(by.title), {}};
    for (const series& each : about.all)
        if (!each.runs.empty())
            made.values.push_back({each.peer, by.value(each)});
    std::sort(made.values.begin(), made.values.end(),
              [](const auto& a, const auto& b) { return a.value < b.value; });
    return made;
}

line_plot lines_of(const growth_result& about) {
    const measure by = measure_of(about.sizes.front().workload);
    line_plot made{"growth: " + about.title, std::string(by.title), {}};
    for (std::size_t i = 0; i < about.sizes.size(); ++i)
        for (const series& each : about.sizes[i].all)
            if (!each.runs.empty())
                made.add(each.peer, about.counts[i], by.value(each));
    return made;
}

} // namespace

circumstances circumstances_of(std::string command, unsigned runs) {
    circumstances made;
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char day[32];
    made.date.assign(day, std::strftime(day, sizeof day, "%Y-%m-%d", &parts));
    made.machine = std::to_string(std::thread::hardware_concurrency()) + " x " +
                   first_value("/proc/cpuinfo", "model name");
    made.command = std::move(command);
    made.runs = runs;
    return made;
}

std::string text_of(const comparison& about) {
    const text_table table = table_of(about);
    std::vector<std::size_t> widths;
    for (const auto& line : table)
        for (std::size_t i = 0; i < line.size(); ++i) {
            widths.resize(std::max(widths.size(), i + 1));
            if (line.size() == table.front().size())
                widths[i] = std::max(widths[i], line[i].size());
        }
    std::string text = about.workload + ": " + about.title + "\n";
    for (const auto& line : table) {
        text += " ";
        for (std::size_t i = 0; i < line.size(); ++i) {
            const std::string space(widths[i] > line[i].size() ? widths[i] - line[i].size() : 0, ' ');
            text += " " + (i == 0 ? line[i] + space : " " + space + line[i]);
        }
        text += "\n";
    }
    return text;
}

std::string json_of(const circumstances& how, const std::vector<comparison>& all,
                    const std::vector<growth_result>& growths) {
    output written;
    json_sink out(written);
    const auto text = [&](std::string_view key, std::string_view value) {
        out.key(key);
        out.string(value);
    };
    const auto number = [&](std::string_view key, double value) {
        out.key(key);
        char digits[40];
        std::snprintf(digits, sizeof digits, "%.9g", value);
        out.literal(digits);
    };
    const auto describe_all = [&](const comparison& about) {
        out.begin_object();
        text("workload", about.workload);
        text("title", about.title);
        out.key("peers");
        out.begin_list();
        for (const series& each : about.all) {
            out.begin_object();
            text("peer", each.peer);
            text("version", each.version);
            if (!each.problem.empty())
                text("problem", each.problem);
            out.key("runs");
            out.begin_list();
            for (const run& one : each.runs) {
                out.begin_object();
                number("items", one.items);
                number("bytes", one.bytes);
                number("wall", one.wall);
                number("user", one.user);
                number("sys", one.sys);
                number("peak_kib", one.peak_kib);
                if (about.workload == "idle") {
                    number("kib_each", one.kib_each);
                    number("wakeups", one.wakeups);
                    number("event_latency_us", one.event_latency_us);
                }
                out.end_object();
            }
            out.end_list();
            out.end_object();
        }
        out.end_list();
        out.end_object();
    };
    out.begin_object();
    text("date", how.date);
    text("machine", how.machine);
    text("command", how.command);
    out.key("workloads");
    out.begin_list();
    for (const comparison& each : all)
        describe_all(each);
    out.end_list();
    out.key("growth");
    out.begin_list();
    for (const growth_result& each : growths)
        for (const comparison& size : each.sizes)
            describe_all(size);
    out.end_list();
    out.end_object();
    out.end_line();
    return written.take();
}

std::vector<std::string> write_plots(const std::string& folder, const std::vector<comparison>& all,
                                     const std::vector<growth_result>& growths) {
    std::filesystem::create_directories(folder);
    std::vector<std::string> names;
    for (const comparison& each : all) {
        names.push_back(file_name(each.workload + " " + each.title));
        write_file(folder + "/" + names.back(), svg_of(bars_of(each)));
    }
    for (const growth_result& each : growths) {
        names.push_back(file_name("growth " + each.title));
        write_file(folder + "/" + names.back(), svg_of(lines_of(each)));
    }
    return names;
}

void write_page(const std::string& folder, const circumstances& how, const std::vector<comparison>& all,
                const std::vector<growth_result>& growths) {
    const auto names = write_plots(folder, all, growths);
    std::string text =
        "# Measured\n\nMade on " + how.date + " (" + how.machine + ") by\n\n    " + how.command +
        "\n\nEach figure is the median of " + std::to_string(how.runs) +
        " runs after a warm-up, in parentheses the range of the middle half. The peers take "
        "turns within each workload. CPU is user and system time of the client's process during "
        "the work alone; ratios within one workload mean more than the figures themselves, since "
        "the machine is shared. `raw` is a program that sends the same commands and only counts "
        "octets.\n";
    text += targets_text(all);
    std::size_t next = 0;
    for (const comparison& each : all)
        text += "\n## " + each.workload + ": " + each.title + "\n\n![" + each.title + "](" + names[next++] +
                ")\n\n" + markdown(table_of(each));
    for (const growth_result& each : growths)
        text += "\n## How cost grows: " + each.title + "\n\n![" + each.title + "](" + names[next++] + ")\n";
    write_file(folder + "/README.md", text);
}

} // namespace coimap::tools::bench
