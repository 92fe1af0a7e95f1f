#include "bench/workloads.hpp"

#include <algorithm>
#include <array>

namespace coimap::tools::bench {
namespace {

constexpr own_part raw{"raw", "as-raw", ""};
constexpr own_part engine{"coimap", "as-coimap", ""};

constexpr std::array usual{raw, engine};
constexpr std::array streaming_or_not{raw, engine, own_part{"coimap, collected", "as-coimap", "collected"}};
constexpr std::array handshakes{raw, own_part{"raw, resumed", "as-raw", "resumed"}, engine,
                                own_part{"coimap, resumed", "as-coimap", "resumed"}};
constexpr std::array parsing{
    own_part{"memchr", "as-coimap", "memchr"}, own_part{"coimap, framing", "as-coimap", "framing"},
    own_part{"coimap", "as-coimap", "typed"}, own_part{"coimap, kept", "as-coimap", "kept"}};
constexpr std::array writing{engine};

constexpr bool plain = false;
constexpr bool tls = true;

constexpr std::array workloads{
    workload{"metadata", titles::metadata, "metadata", place::replay, plain, "metadata", 10'000,
             streaming_or_not, true},
    workload{"metadata", "what a message list needs, 10,000 messages, over TLS", "metadata", place::replay,
             tls, "metadata", 10'000, usual, true},
    workload{"metadata", titles::metadata_100000, "metadata", place::replay, plain, "metadata-100000",
             100'000, streaming_or_not, false},
    workload{"metadata", titles::metadata_from_dovecot, "metadata", place::real, plain, "INBOX", 10'000,
             usual, true},
    workload{"bodies", titles::bodies, "bodies", place::replay, plain, "bodies", 2'000, usual, true},
    workload{"bodies", titles::bodies_tls, "bodies", place::replay, tls, "bodies", 2'000, usual, true},
    workload{"literal", titles::literal, "literal", place::replay, plain, "literal", 1, usual, true},
    workload{"literal", "one body of 200 MB, over TLS", "literal", place::replay, tls, "literal", 1, usual,
             true},
    workload{"roundtrip", titles::roundtrip, "roundtrip", place::replay, plain, "empty", 10'000, usual, true},
    workload{"pipelined", titles::pipelined, "pipelined", place::replay, plain, "empty", 10'000, usual, true},
    workload{"store", "10,000 STORE at Dovecot", "store", place::real, plain, "INBOX", 10'000, usual, true},
    workload{"idle", "300 idling connections", "idle", place::replay, plain, "idle", 300, usual, true},
    workload{"idle", titles::idle_1000, "idle", place::replay, plain, "idle", 1'000, usual, true},
    workload{"idle", titles::idle_tls, "idle", place::replay, tls, "idle", 1'000, usual, true},
    workload{"idle", titles::idle, "idle", place::replay, plain, "idle", 10'000, usual, false},
    workload{"connect", titles::connect, "connect", place::replay, tls, "empty", 200, handshakes, true},
    workload{"parse", titles::parse, "parse", place::memory, plain, "metadata", 10, parsing, false},
    workload{"write", "1,000,000 commands encoded", "write", place::memory, plain, "", 1'000'000, writing,
             false},
};

} // namespace

std::span<const workload> all_workloads() {
    return workloads;
}

const std::vector<growth>& all_growths() {
    static const std::vector<growth> all{
        {"metadata, messages", "metadata", "metadata-", {1'000, 10'000, 100'000, 1'000'000}},
        {"idle, connections", "idle", "idle", {100, 1'000, 10'000}},
    };
    return all;
}

std::vector<std::string_view> workload_names() {
    std::vector<std::string_view> names;
    for (const workload& each : workloads)
        if (std::find(names.begin(), names.end(), each.name) == names.end())
            names.push_back(each.name);
    names.push_back("growth");
    return names;
}

} // namespace coimap::tools::bench
