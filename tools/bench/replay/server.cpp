#include "bench/replay/server.hpp"

#include "bench/replay/dialogue.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace coimap::tools::bench {

replay_server::replay_server(const recordings& mailboxes, std::shared_ptr<tls_side> tls)
    : mailboxes_(mailboxes) {
    listen(plain_, nullptr);
    if (tls)
        listen(protected_, std::move(tls));
}

replay_server::~replay_server() {
    stopping_ = true;
    for (listener* each : {&plain_, &protected_}) {
        if (each->socket < 0)
            continue;
        ::shutdown(each->socket, SHUT_RDWR);
        each->thread.join();
        ::close(each->socket);
    }
}

void replay_server::listen(listener& on, std::shared_ptr<tls_side> tls) {
    on.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (on.socket < 0 || ::bind(on.socket, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(on.socket, 4096) != 0 ||
        ::getsockname(on.socket, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("the replay server cannot listen");
    on.port = ntohs(address.sin_port);
    on.thread = std::thread([this, socket = on.socket, tls = std::move(tls)] {
        while (!stopping_) {
            const int accepted = ::accept4(socket, nullptr, nullptr, SOCK_CLOEXEC);
            if (accepted < 0)
                continue;
            // Whoever is served to the end of the process is of no concern to it.
            std::thread([this, accepted, tls] {
                try {
                    serve(channel::accept(accepted, tls));
                } catch (const std::exception&) {
                    // The peer has gone.
                }
            }).detach();
        }
    });
}

void replay_server::serve(channel peer) {
    dialogue talk(peer, mailboxes_);
    if (talk.run() == dialogue::ending::idles) {
        const std::lock_guard lock(mutex_);
        idling_.push_back({std::move(peer), talk.idle_tag()});
    }
}

std::size_t replay_server::idling() {
    const std::lock_guard lock(mutex_);
    // A peer's first connection, to warm up, has idled as well, and left.
    std::erase_if(idling_, [](const idler& each) {
        pollfd socket{each.peer.socket(), POLLRDHUP, 0};
        return ::poll(&socket, 1, 0) > 0 && (socket.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
    });
    return idling_.size();
}

std::vector<std::int64_t> replay_server::push(std::size_t events, std::chrono::microseconds pause) {
    using namespace std::chrono;
    std::vector<std::int64_t> sent;
    const std::lock_guard lock(mutex_);
    sent.reserve(events);
    for (std::size_t i = 0; i < events && i < idling_.size(); ++i) {
        sent.push_back(duration_cast<microseconds>(system_clock::now().time_since_epoch()).count());
        idling_[i].peer.write("* 2 EXISTS\r\n");
        std::this_thread::sleep_for(pause);
    }
    return sent;
}

void replay_server::answer_done() {
    const std::lock_guard lock(mutex_);
    std::vector<pollfd> sockets;
    sockets.reserve(idling_.size());
    for (const idler& each : idling_)
        sockets.push_back({each.peer.socket(), POLLIN, 0});
    if (::poll(sockets.data(), sockets.size(), 0) <= 0)
        return;
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        if ((sockets[i].revents & POLLIN) == 0)
            continue;
        try {
            char room[256];
            if (idling_[i].peer.read(room) != 0)
                idling_[i].peer.write(idling_[i].tag + " OK done\r\n");
        } catch (const std::exception&) {
            // The peer has gone.
        }
    }
}

void replay_server::hang_up() {
    const std::lock_guard lock(mutex_);
    idling_.clear();
}

} // namespace coimap::tools::bench
