#include "bench/raw/raw_reader.hpp"

#include "bench/channel.hpp"

#include <array>
#include <cstdio>
#include <ctime>
#include <poll.h>
#include <stdexcept>
#include <sys/epoll.h>
#include <unistd.h>
#include <vector>

namespace coimap::tools::bench {
namespace {

constexpr std::size_t read_size = 64 * 1024;

/// Longer than any line that ends an answer.
constexpr std::size_t tail_size = 4096;

class raw_connection {
public:
    explicit raw_connection(channel stream) : stream_(std::move(stream)), room_(read_size) { line(); }

    static raw_connection open(const task& work, const std::shared_ptr<tls_side>& tls) {
        return raw_connection(channel::connect(work, tls));
    }

    void log_in(const task& work) {
        command("LOGIN " + work.user + " " + work.password);
        command("SELECT " + work.mailbox);
    }

    void send(std::string_view octets) { stream_.write(octets); }

    /// Sends a command and counts what comes up to its tagged answer; `keep` gets the octets.
    std::uint64_t command(const std::string& text, std::string* keep = nullptr) {
        stream_.write("a " + text + "\r\n");
        return until("a ", keep);
    }

    /// Reads up to a line that begins so.
    std::uint64_t until(std::string_view tag, std::string* keep = nullptr) {
        std::uint64_t octets = 0;
        for (;;) {
            const std::size_t got = stream_.read(room_);
            if (got == 0)
                throw std::runtime_error("the server left");
            octets += got;
            const std::string_view arrived(room_.data(), got);
            if (keep != nullptr)
                keep->append(arrived);
            tail_.append(arrived.substr(arrived.size() - std::min(arrived.size(), tail_size)));
            if (ends_with_answer(tag)) {
                tail_.clear();
                return octets;
            }
            if (tail_.size() > tail_size)
                tail_.erase(0, tail_.size() - tail_size);
        }
    }

    channel& stream() { return stream_; }
    std::span<char> room() { return room_; }

private:
    void line() { until("* OK"); }

    bool ends_with_answer(std::string_view tag) const {
        if (!tail_.ends_with("\r\n"))
            return false;
        const std::size_t before =
            tail_.size() > 2 ? tail_.rfind("\r\n", tail_.size() - 3) : std::string::npos;
        const std::size_t begin = before == std::string::npos ? 0 : before + 2;
        return std::string_view(tail_).substr(begin).starts_with(tag);
    }

    channel stream_;
    std::vector<char> room_;
    std::string tail_;
};

/// Sends what is written by `next` as fast as the socket takes it, reading meanwhile, until so many lines
/// came.
void pipeline(raw_connection& peer, std::uint64_t count, const std::string& commands) {
    std::string_view left = commands;
    std::uint64_t lines = 0;
    while (lines < count) {
        if (!left.empty()) {
            const std::size_t piece = std::min<std::size_t>(left.size(), 16 * 1024);
            peer.send(left.substr(0, piece));
            left.remove_prefix(piece);
            pollfd ready{peer.stream().socket(), POLLIN, 0};
            if (!left.empty() && ::poll(&ready, 1, 0) == 0)
                continue;
        }
        const std::size_t got = peer.stream().read(peer.room());
        if (got == 0)
            throw std::runtime_error("the server left");
        for (std::size_t i = 0; i < got; ++i)
            lines += peer.room()[i] == '\n' ? 1 : 0;
    }
}

std::string numbered(std::uint64_t count, std::string_view before, std::string_view after) {
    std::string text;
    for (std::uint64_t i = 1; i <= count; ++i)
        text.append("a ").append(before).append(std::to_string(i)).append(after).append("\r\n");
    return text;
}

void connect_again_and_again(const task& work) {
    const bool resumes = work.mode == "resumed";
    auto tls = work.tls ? tls_side::client(work.ca, resumes) : nullptr;
    const stopwatch watch;
    for (std::uint64_t i = 0; i < work.count; ++i) {
        auto peer = raw_connection::open(work, tls);
        peer.command("LOGOUT");
    }
    print_result(work.count, 0, watch.read());
}

std::int64_t now_us() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    return std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
}

void idle(const task& work) {
    const auto tls = work.tls ? tls_side::client(work.ca) : nullptr;
    std::array<char, 4096> room{};
    const auto open = [&] {
        channel peer = channel::connect(work, tls);
        for (const std::string& line : {"a LOGIN " + work.user + " " + work.password,
                                        "a SELECT " + work.mailbox, std::string("a IDLE")}) {
            peer.read(room);
            peer.write(line + "\r\n");
        }
        for (std::string_view seen; seen.find("+ ") == std::string_view::npos;)
            seen = {room.data(), peer.read(room)};
        return peer;
    };
    { const channel warm_up = open(); }
    const auto before = process_memory_kib("VmRSS");
    std::vector<channel> peers;
    peers.reserve(work.count);
    const int all = ::epoll_create1(EPOLL_CLOEXEC);
    for (std::uint64_t i = 0; i < work.count; ++i) {
        peers.push_back(open());
        epoll_event interest{};
        interest.events = EPOLLIN;
        interest.data.u64 = i;
        ::epoll_ctl(all, EPOLL_CTL_ADD, peers.back().socket(), &interest);
    }
    std::printf(R"({"idling":%zu,"rss_before_kib":%llu,"rss_kib":%llu})"
                "\n",
                peers.size(), static_cast<unsigned long long>(before),
                static_cast<unsigned long long>(process_memory_kib("VmRSS")));
    std::fflush(stdout);
    const stopwatch watch;
    std::vector<std::int64_t> times;
    while (times.size() < work.count) {
        std::array<epoll_event, 64> ready{};
        const int count = ::epoll_wait(all, ready.data(), static_cast<int>(ready.size()), -1);
        for (int i = 0; i < count; ++i) {
            peers[ready[static_cast<std::size_t>(i)].data.u64].read(room);
            times.push_back(now_us());
        }
    }
    ::close(all);
    print_events(times, watch.read());
}

} // namespace

bool run_raw(const task& work) {
    if (work.workload == "connect")
        return connect_again_and_again(work), true;
    if (work.workload == "idle")
        return idle(work), true;
    auto peer = raw_connection::open(work, work.tls ? tls_side::client(work.ca) : nullptr);
    peer.log_in(work);
    const std::string& name = work.workload;
    const std::string stores =
        name == "store" ? numbered(work.count, "UID STORE ", " +FLAGS.SILENT (\\Seen)") : std::string();
    std::string noops;
    for (std::uint64_t i = 0; name == "pipelined" && i < work.count; ++i)
        noops += "a NOOP\r\n";
    const stopwatch watch;
    std::uint64_t octets = 0;
    if (name == "metadata") {
        octets = peer.command("UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)");
    } else if (name == "bodies" || name == "literal") {
        octets = peer.command("UID FETCH 1:* (UID BODY.PEEK[])");
    } else if (name == "roundtrip") {
        for (std::uint64_t i = 0; i < work.count; ++i)
            octets += peer.command("NOOP");
    } else if (name == "pipelined") {
        pipeline(peer, work.count, noops);
    } else if (name == "store") {
        pipeline(peer, work.count, stores);
    } else {
        return false;
    }
    print_result(std::max<std::uint64_t>(work.count, 1), octets, watch.read());
    return true;
}

std::string record_fetch(const task& where, std::string_view items) {
    auto peer = raw_connection::open(where, where.tls ? tls_side::client(where.ca) : nullptr);
    peer.log_in(where);
    std::string octets;
    peer.command("UID FETCH 1:* (" + std::string(items) + ")", &octets);
    return octets;
}

} // namespace coimap::tools::bench
