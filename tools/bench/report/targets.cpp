#include "bench/report/targets.hpp"

#include "bench/report/columns.hpp"
#include "bench/workloads.hpp"

#include <optional>

namespace coimap::tools::bench {
namespace {

/// One workload's series by their names.
class measured {
public:
    explicit measured(const comparison& from) noexcept : from_(from) {}

    /// Nothing where somebody is missing.
    std::optional<double> ratio(std::string_view of, std::string_view to,
                                double (*count)(const series&)) const {
        const series* above = from_.find(of);
        const series* below = from_.find(to);
        if (above == nullptr || below == nullptr || count(*below) <= 0)
            return std::nullopt;
        return count(*above) / count(*below);
    }
    std::optional<double> value(std::string_view of, double (*count)(const series&)) const {
        const series* found = from_.find(of);
        return found == nullptr ? std::nullopt : std::optional(count(*found));
    }

private:
    const comparison& from_;
};

double cpu(const series& each) {
    return each.cpu();
}
double wall(const series& each) {
    return each.wall();
}
double peak_mib(const series& each) {
    return each.peak_kib() / 1024;
}
double bytes(const series& each) {
    return each.median([](const run& one) { return one.bytes; });
}
double megabytes_a_second(const series& each) {
    return each.median([](const run& one) { return one.bytes / one.cpu() / 1e6; });
}
double us_an_item(const series& each) {
    return each.median([](const run& one) { return one.cpu() * 1e6 / one.items; });
}
double kib_each(const series& each) {
    return each.median([](const run& one) { return one.kib_each; });
}
double wakeups(const series& each) {
    return each.median([](const run& one) { return one.wakeups; });
}
double latency(const series& each) {
    return each.median([](const run& one) { return one.event_latency_us; });
}

/// What collecting costs beyond streaming, against the octets that came.
std::optional<double> memory_for_octets(const measured& in) {
    const auto collected = in.value("coimap, collected", peak_mib);
    const auto streamed = in.value("coimap", peak_mib);
    const auto octets = in.value("raw", bytes);
    if (!collected || !streamed || !octets || *octets <= 0)
        return std::nullopt;
    return (*collected - *streamed) * 1024 * 1024 / *octets;
}

enum class bound { at_most, at_least };

struct target {
    std::string_view title; ///< of the workload
    std::string_view what;
    std::string_view wanted;
    std::string_view unit;
    bound side;
    double limit;
    std::optional<double> (*value)(const measured&);
    std::string_view reason;
};

constexpr std::string_view parsing =
    "Parsing alone takes more: the raw reader moves 7 octets in the time in which one is parsed, since "
    "receiving from a "
    "loopback socket is one copy by the kernel. Of the engine's instructions four fifths are the parser's, a "
    "third of them for ENVELOPE and a third for BODYSTRUCTURE; the rest is the block in which a message is "
    "kept, and its way through the stream.";

constexpr target targets[] = {
    {titles::metadata, "metadata: CPU", "at most 3 x raw", " x raw", bound::at_most, 3,
     [](const measured& in) { return in.ratio("coimap", "raw", cpu); }, parsing},
    {titles::metadata, "metadata: CPU of go-imap", "at least 30 x coimap's", " x", bound::at_least, 30,
     [](const measured& in) { return in.ratio("go-imap", "coimap", cpu); }, parsing},
    {titles::metadata, "metadata: CPU of libetpan", "at least 60 x coimap's", " x", bound::at_least, 60,
     [](const measured& in) { return in.ratio("libetpan", "coimap", cpu); }, parsing},
    {titles::metadata_from_dovecot, "metadata from Dovecot: wall time", "within 5 % of raw", " x raw",
     bound::at_most, 1.05, [](const measured& in) { return in.ratio("coimap", "raw", wall); },
     "Dovecot and the client share two cores, and the client's CPU time is taken from the server's."},
    {titles::metadata_100000, "metadata, streaming: peak memory", "under 8 MiB", " MiB", bound::at_most, 8,
     [](const measured& in) { return in.value("coimap", peak_mib); }, ""},
    {titles::metadata_100000, "metadata, collected: memory", "at most 1.3 x the octets", " x", bound::at_most,
     1.3, memory_for_octets,
     "A kept message holds its octets (1 x) and the typed values over them: about 2 octets of views for each "
     "octet of metadata, most of them in addresses (96 octets each) and body parts (376). Less takes views "
     "of 8 octets instead of 16 and 24, which the public types would show."},
    {titles::parse, "parse: typed", "at least 600 MB/s", " MB/s", bound::at_least, 600,
     [](const measured& in) { return in.value("coimap", megabytes_a_second); }, ""},
    {titles::parse, "parse: framing alone", "at least 3,000 MB/s", " MB/s", bound::at_least, 3000,
     [](const measured& in) { return in.value("coimap, framing", megabytes_a_second); }, ""},
    {titles::bodies, "bodies: CPU", "at most 1.3 x raw", " x raw", bound::at_most, 1.3,
     [](const measured& in) { return in.ratio("coimap", "raw", cpu); },
     "Each body is copied once, from the buffer into the message that is kept; the raw reader forgets what "
     "it has read."},
    {titles::bodies_tls, "bodies over TLS: CPU", "at most 1.3 x raw", " x raw", bound::at_most, 1.3,
     [](const measured& in) { return in.ratio("coimap", "raw", cpu); }, "As without TLS."},
    {titles::literal, "200 MB: CPU", "at most 1.3 x raw", " x raw", bound::at_most, 1.3,
     [](const measured& in) { return in.ratio("coimap", "raw", cpu); },
     "The pieces that wait for the sink are copied out of the buffer."},
    {titles::literal, "200 MB to a sink: peak memory", "under 8 MiB", " MiB", bound::at_most, 8,
     [](const measured& in) { return in.value("coimap", peak_mib); }, ""},
    {titles::roundtrip, "NOOP one by one: wall time", "within 10 % of raw", " x raw", bound::at_most, 1.1,
     [](const measured& in) { return in.ratio("coimap", "raw", wall); },
     "Four system calls a round trip against two: the reactor waits for the socket and arms it again."},
    {titles::pipelined, "NOOP pipelined: CPU", "at most 1.5 x raw", " x raw", bound::at_most, 1.5,
     [](const measured& in) { return in.ratio("coimap", "raw", cpu); },
     "The raw reader sends one block and counts lines, 30 ns a command; a command of its own, an operation "
     "to wait for and a coroutine to resume are 3 allocations and 5,600 instructions."},
    {titles::pipelined, "NOOP pipelined: CPU a command", "at most 3 us", " us", bound::at_most, 3,
     [](const measured& in) { return in.value("coimap", us_an_item); },
     "A fifth of its 5,600 instructions is memory: the command, its operation and a coroutine frame are "
     "allocated for each."},
    {titles::idle, "idle: memory of a connection", "at most 3 KiB", " KiB", bound::at_most, 3,
     [](const measured& in) { return in.value("coimap", kib_each); },
     "Connection and session are 1.7 KiB; the coroutine that idles, with the frame around it and what it "
     "waits for, 1 KiB; the reactor's and the timer's state 1 KiB; the server's capabilities 0.3 KiB."},
    {titles::idle_tls, "idle over TLS: memory of a connection", "at most 24 KiB", " KiB", bound::at_most, 24,
     [](const measured& in) { return in.value("coimap", kib_each); }, ""},
    {titles::idle, "idle: wake-ups while nothing happens", "none", " a second", bound::at_most, 0,
     [](const measured& in) { return in.value("coimap", wakeups); }, ""},
    {titles::idle_1000, "idle: CPU of an event", "at most 8 us", " us", bound::at_most, 8,
     [](const measured& in) { return in.value("coimap", us_an_item); },
     "Three system calls (wait, receive, arm again) take most of it on this machine: the raw reader, with "
     "two, is above it as well."},
    {titles::idle_1000, "idle: from the server's write to the handler", "within 200 us", " us",
     bound::at_most, 200, [](const measured& in) { return in.value("coimap", latency); }, ""},
    {titles::connect, "connect: CPU", "at most 1.1 x raw", " x raw", bound::at_most, 1.1,
     [](const measured& in) { return in.ratio("coimap", "raw", cpu); },
     "The handshake itself is the same. Of the rest most are system calls, 38 a connection against 16: the "
     "reactor's, the timers of each step, the options that keep the connection alive."},
    {titles::connect, "connect, resumed: CPU", "at most 1.1 x raw", " x raw", bound::at_most, 1.1,
     [](const measured& in) { return in.ratio("coimap, resumed", "raw, resumed", cpu); },
     "The same calls beside a handshake of half the cost."},
};

} // namespace

std::vector<target_result> check_targets(const std::vector<comparison>& all) {
    std::vector<target_result> results;
    for (const target& each : targets)
        for (const comparison& one : all) {
            if (one.title != each.title)
                continue;
            const auto value = each.value(measured(one));
            if (!value)
                continue;
            const bool reached = each.side == bound::at_most ? *value <= each.limit : *value >= each.limit;
            results.push_back({each.what, each.wanted, rounded(*value) + std::string(each.unit), reached,
                               reached ? std::string_view() : each.reason});
        }
    return results;
}

} // namespace coimap::tools::bench
