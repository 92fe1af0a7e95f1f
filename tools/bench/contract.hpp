#pragma once
// What the harness and a peer say to each other: the words that a peer is called with, and the line that it
// prints (peers/README.md). The engine itself and the raw reader are peers like the others.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools::bench {

/// `WORKLOAD key=value...`
struct task {
    std::string workload;
    std::string host = "127.0.0.1";
    unsigned short port = 143;
    bool tls = false;
    std::string ca;
    std::string user = "alice";
    std::string password = "secret";
    std::string mailbox = "INBOX";
    std::uint64_t count = 0;
    // Only this program's own ways know these.
    std::string mode; ///< "collected", "resumed" ...
    std::string file; ///< the recording that `parse` reads

    std::string to_string() const;
    /// What its certificate has to be for: the servers on loopback are localhost.
    std::string server_name() const { return host == "127.0.0.1" ? "localhost" : host; }
};

/// Throws usage_error.
task parse_task(std::span<const std::string_view> words);

/// Time and processor time from here on, of this process.
class stopwatch {
public:
    stopwatch();

    struct reading {
        double wall = 0; ///< seconds
        double user = 0;
        double sys = 0;
    };
    reading read() const;

private:
    reading start_;
};

/// A value of /proc/self/status in KiB: "VmHWM", "VmRSS".
std::uint64_t process_memory_kib(std::string_view name);

/// Prints the line about work that is done.
void print_result(std::uint64_t items, std::uint64_t bytes, const stopwatch::reading& taken);

/// Prints the second line of the workload `idle`: when each event came, in microseconds since 1970.
void print_events(const std::vector<std::int64_t>& times, const stopwatch::reading& taken);

} // namespace coimap::tools::bench
