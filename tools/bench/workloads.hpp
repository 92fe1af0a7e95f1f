#pragma once
// What is measured: each workload with its sizes, against which server, and in which ways the engine does it.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools::bench {

enum class place {
    replay, ///< the harness's own server: only the client is measured
    real,   ///< Dovecot, or the server that was given
    memory, ///< no network
};

/// A way in which this program takes part.
struct own_part {
    std::string_view name; ///< as it is shown: "coimap, collected"
    std::string_view as;   ///< "as-raw" or "as-coimap"
    std::string_view mode; ///< of the task
};

/// What those are called that the engine has a target for.
namespace titles {
inline constexpr std::string_view metadata = "what a message list needs, 10,000 messages";
inline constexpr std::string_view metadata_100000 = "what a message list needs, 100,000 messages";
inline constexpr std::string_view metadata_from_dovecot =
    "what a message list needs, 10,000 messages, from Dovecot";
inline constexpr std::string_view bodies = "2,000 bodies of 50 KB";
inline constexpr std::string_view bodies_tls = "2,000 bodies of 50 KB, over TLS";
inline constexpr std::string_view literal = "one body of 200 MB";
inline constexpr std::string_view roundtrip = "10,000 NOOP, one by one";
inline constexpr std::string_view pipelined = "10,000 NOOP, pipelined";
inline constexpr std::string_view idle_1000 = "1,000 idling connections";
inline constexpr std::string_view idle_tls = "1,000 idling connections, over TLS";
inline constexpr std::string_view idle = "10,000 idling connections";
inline constexpr std::string_view connect = "200 connections with TLS, one by one";
inline constexpr std::string_view parse = "10,000 messages' metadata, from memory, ten times";
} // namespace titles

struct workload {
    std::string_view name;  ///< on the command line
    std::string_view title; ///< for people
    std::string_view task;  ///< what a peer is called with
    place where = place::replay;
    bool tls = false;
    std::string_view mailbox;
    std::uint64_t count = 0;
    std::span<const own_part> own;
    bool with_peers = true; ///< false: a size that most would take minutes for
};

/// All of them, in the order in which they are shown.
std::span<const workload> all_workloads();

/// How cost grows: the same work in sizes from small to very large, for the engine alone.
struct growth {
    std::string_view title;
    std::string_view task;
    std::string_view mailbox; ///< followed by the size
    std::vector<std::uint64_t> sizes;
};
const std::vector<growth>& all_growths();

/// The names that can be asked for, each once.
std::vector<std::string_view> workload_names();

} // namespace coimap::tools::bench
