#pragma once
// An IMAP server that costs nothing: it sends what lies ready as fast as the socket takes it, so that the
// client is measured and not the server. It knows as much of IMAP as the peers need to log in, select, fetch,
// store and idle.

#include "bench/channel.hpp"
#include "bench/replay/recording.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace coimap::tools::bench {

class replay_server {
public:
    /// Listens on two ports of loopback: plain, and TLS when there is a side for it. The recordings outlive
    /// it; a mailbox without one is empty.
    replay_server(const recordings& mailboxes, std::shared_ptr<tls_side> tls);
    ~replay_server();
    replay_server(const replay_server&) = delete;
    replay_server& operator=(const replay_server&) = delete;

    unsigned short port() const noexcept { return plain_.port; }
    unsigned short tls_port() const noexcept { return protected_.port; }

    /// Connections that idle in the mailbox `idle`.
    std::size_t idling();
    /// One event for each of the first so many: when it was written, in microseconds since 1970.
    std::vector<std::int64_t> push(std::size_t events, std::chrono::microseconds pause);
    /// Answers those that have said DONE: some libraries show an event only then.
    void answer_done();
    /// Closes those that idle.
    void hang_up();

private:
    struct listener {
        int socket = -1;
        unsigned short port = 0;
        std::thread thread;
    };

    void listen(listener& on, std::shared_ptr<tls_side> tls);
    void serve(channel peer);

    const recordings& mailboxes_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    struct idler {
        channel peer;
        std::string tag;
    };
    std::vector<idler> idling_;
    listener plain_;
    listener protected_;
};

} // namespace coimap::tools::bench
