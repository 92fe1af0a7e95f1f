#include "bench/peers.hpp"

#include "bench/child.hpp"
#include "bench/replay/server.hpp"

#include "common/exit_status.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

namespace coimap::tools::bench {
namespace {

using clock = std::chrono::steady_clock;

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;)
        words.push_back(word);
    return words;
}

/// How often a process gave up the processor of itself: whether it woke up, and how often.
double voluntary_switches(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("voluntary_ctxt_switches:"))
            return std::stod(line.substr(24));
    return 0;
}

/// From each write of the server's to the handler: the events come in the order in which they were sent.
double median_latency(std::vector<double> received, const std::vector<std::int64_t>& sent) {
    std::sort(received.begin(), received.end());
    std::vector<double> latencies;
    for (std::size_t i = 0; i < received.size() && i < sent.size(); ++i)
        latencies.push_back(received[i] - static_cast<double>(sent[i]));
    if (latencies.empty())
        return 0;
    std::nth_element(latencies.begin(), latencies.begin() + static_cast<std::ptrdiff_t>(latencies.size() / 2),
                     latencies.end());
    return latencies[latencies.size() / 2];
}

outcome failed(child& program, int status) {
    outcome made;
    made.unable = status == 3;
    made.problem = status == -1 ? "took too long" : program.complaint();
    if (made.problem.empty())
        made.problem = "ended with status " + std::to_string(status);
    return made;
}

outcome idle_once(child& program, const task& work, replay_server& server, clock::time_point deadline) {
    const auto first = program.line(deadline);
    if (!first)
        return failed(program, program.wait(deadline));
    while (server.idling() < work.count && clock::now() < deadline)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    // Whatever was still to be done after the last answer is done.
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const double before = voluntary_switches(program.pid());
    constexpr std::chrono::seconds rest(2);
    std::this_thread::sleep_for(rest);
    outcome made;
    made.measured.emplace();
    made.measured->wakeups = (voluntary_switches(program.pid()) - before) / static_cast<double>(rest.count());
    const auto sent = server.push(work.count, std::chrono::microseconds(300));
    std::optional<std::string> second;
    while (!second && clock::now() < deadline) {
        server.answer_done();
        second = program.line(clock::now() + std::chrono::milliseconds(1));
    }
    const int status = program.wait(deadline);
    server.hang_up();
    if (!second || status != 0)
        return failed(program, status == 0 ? -1 : status);
    run& measured = *made.measured;
    const double count = static_cast<double>(work.count);
    measured.items = count;
    measured.kib_each =
        (number_in(*first, "rss_kib").value_or(0) - number_in(*first, "rss_before_kib").value_or(0)) / count;
    measured.user = number_in(*second, "user").value_or(0);
    measured.sys = number_in(*second, "sys").value_or(0);
    measured.event_latency_us = median_latency(numbers_in(*second, "received_us"), sent);
    return made;
}

} // namespace

std::vector<peer> installed_peers(const std::string& folder, const std::vector<std::string>& wanted) {
    std::ifstream file(folder + "/peers.tsv");
    std::vector<peer> found;
    for (std::string line; std::getline(file, line);) {
        const std::size_t first = line.find('\t');
        const std::size_t second = line.find('\t', first + 1);
        if (first == std::string::npos || second == std::string::npos)
            continue;
        peer one{line.substr(0, first),
                 line.substr(first + 1, second - first - 1),
                 words_of(line.substr(second + 1)),
                 {}};
        if (wanted.empty() || std::find(wanted.begin(), wanted.end(), one.name) != wanted.end())
            found.push_back(std::move(one));
    }
    for (const std::string& name : wanted)
        if (std::none_of(found.begin(), found.end(), [&](const peer& each) { return each.name == name; }))
            throw usage_error("the peer " + name + " is not installed in " + folder +
                              " (see coimap bench --install)");
    return found;
}

peer own_peer(const own_part& part) {
    return {std::string(part.name),
            COIMAP_VERSION,
            {"/proc/self/exe", "bench", std::string(part.as)},
            std::string(part.mode)};
}

outcome run_once(const peer& who, const task& work, replay_server* server, std::chrono::seconds patience) {
    task own = work;
    own.mode = who.mode;
    std::vector<std::string> words = who.command;
    for (std::string& word : words_of(own.to_string()))
        words.push_back(std::move(word));
    const auto deadline = clock::now() + patience;
    child program(words);
    if (work.workload == "idle" && server != nullptr) {
        outcome made = idle_once(program, work, *server, deadline);
        server->hang_up();
        return made;
    }
    const auto line = program.line(deadline);
    const int status = program.wait(deadline);
    if (status != 0 || !line)
        return failed(program, status);
    outcome made;
    made.measured = read_run(*line);
    if (!made.measured)
        made.problem = "printed no result: " + *line;
    return made;
}

} // namespace coimap::tools::bench
