#include "bench/child.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

extern char** environ;

namespace coimap::tools::bench {
namespace {

using clock = std::chrono::steady_clock;

int milliseconds_until(clock::time_point deadline) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock::now()).count();
    return left < 0 ? 0 : static_cast<int>(left);
}

} // namespace

child::child(const std::vector<std::string>& arguments) {
    int output[2];
    int errors[2];
    if (::pipe2(output, O_CLOEXEC) != 0 || ::pipe2(errors, O_CLOEXEC) != 0)
        throw std::runtime_error(std::strerror(errno));
    output_ = output[0];
    errors_ = errors[0];
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, output[1], 1);
    ::posix_spawn_file_actions_adddup2(&actions, errors[1], 2);
    std::vector<char*> words;
    for (const std::string& each : arguments)
        words.push_back(const_cast<char*>(each.c_str()));
    words.push_back(nullptr);
    const int problem = ::posix_spawnp(&pid_, words[0], &actions, nullptr, words.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(output[1]);
    ::close(errors[1]);
    if (problem != 0)
        throw std::runtime_error(arguments[0] + ": " + std::strerror(problem));
}

child::~child() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
    ::close(output_);
    ::close(errors_);
}

/// Whether something came.
bool child::read_more(clock::time_point deadline) {
    pollfd ready[2] = {{output_ended_ ? -1 : output_, POLLIN, 0}, {errors_, POLLIN, 0}};
    if (::poll(ready, 2, milliseconds_until(deadline)) <= 0)
        return false;
    char room[65536];
    if ((ready[1].revents & (POLLIN | POLLHUP)) != 0) {
        const ssize_t got = ::read(errors_, room, sizeof room);
        if (got > 0)
            said_.append(room, static_cast<std::size_t>(got));
        else if ((ready[0].revents & POLLIN) == 0)
            return output_ended_ = true, false;
    }
    if ((ready[0].revents & (POLLIN | POLLHUP)) != 0) {
        const ssize_t got = ::read(output_, room, sizeof room);
        if (got <= 0)
            return output_ended_ = true, false;
        text_.append(room, static_cast<std::size_t>(got));
    }
    return true;
}

std::optional<std::string> child::line(clock::time_point deadline) {
    for (;;) {
        const std::size_t end = text_.find('\n');
        if (end != std::string::npos) {
            std::string first = text_.substr(0, end);
            text_.erase(0, end + 1);
            return first;
        }
        if (output_ended_ || !read_more(deadline))
            return std::nullopt;
    }
}

int child::wait(clock::time_point deadline) {
    bool late = false;
    int status = 0;
    for (;;) {
        const pid_t ended = ::waitpid(pid_, &status, WNOHANG);
        if (ended == pid_)
            break;
        if (clock::now() >= deadline && !late) {
            ::kill(pid_, SIGKILL);
            late = true;
        }
        // What it still says must not block it.
        pollfd ready[2] = {{output_, POLLIN, 0}, {errors_, POLLIN, 0}};
        if (::poll(ready, 2, 5) > 0 && !read_more(clock::now()))
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    while (read_more(clock::now())) {
    }
    pid_ = -1;
    if (late)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string child::complaint() const {
    std::string_view text = said_;
    while (!text.empty() && text.back() == '\n')
        text.remove_suffix(1);
    return std::string(text.substr(text.rfind('\n') + 1));
}

} // namespace coimap::tools::bench
