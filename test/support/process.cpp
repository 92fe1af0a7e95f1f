#include "support/process.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <stdexcept>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace coimap::test {

namespace {

/// Feeds the child and drains it at once, so that neither side waits for a full pipe.
std::string converse(int to_child, int from_child, std::string_view input) {
    std::string output;
    char block[16384];
    while (true) {
        if (input.empty() && to_child >= 0) {
            ::close(to_child);
            to_child = -1;
        }
        pollfd ends[2] = {{from_child, POLLIN, 0}, {to_child, POLLOUT, 0}};
        if (::poll(ends, 2, -1) < 0) {
            if (errno == EINTR)
                continue;
            break;
        }
        if (ends[1].revents != 0) {
            const auto written = ::write(to_child, input.data(), std::min<std::size_t>(input.size(), 4096));
            input.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : input.size());
        }
        if (ends[0].revents != 0) {
            const auto got = ::read(from_child, block, sizeof block);
            if (got <= 0)
                break;
            output.append(block, static_cast<std::size_t>(got));
        }
    }
    if (to_child >= 0)
        ::close(to_child);
    return output;
}

} // namespace

identity unprivileged() {
    const bool root = ::geteuid() == 0;
    const passwd* user = root ? ::getpwnam("nobody") : ::getpwuid(::geteuid());
    if (user == nullptr)
        throw std::runtime_error("no unprivileged user to run the server as");
    identity who;
    who.uid = user->pw_uid;
    who.gid = user->pw_gid;
    who.user = user->pw_name;
    who.drop = root;
    const ::group* group = ::getgrgid(user->pw_gid);
    who.group = group != nullptr ? group->gr_name : std::to_string(user->pw_gid);
    return who;
}

bool become(const identity& who) noexcept {
    if (!who.drop)
        return true;
    return ::setgroups(0, nullptr) == 0 && ::setgid(who.gid) == 0 && ::setuid(who.uid) == 0;
}

finished_process run(const std::vector<std::string>& arguments, std::string_view input, const identity* who) {
    std::vector<char*> argv;
    for (const auto& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);

    int to_child[2];
    int from_child[2];
    if (::pipe2(to_child, O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe");
    if (::pipe2(from_child, O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe");

    const pid_t child = ::fork();
    if (child < 0)
        throw std::system_error(errno, std::generic_category(), "fork");
    if (child == 0) {
        ::dup2(to_child[0], STDIN_FILENO);
        ::dup2(from_child[1], STDOUT_FILENO);
        ::dup2(from_child[1], STDERR_FILENO);
        ::signal(SIGPIPE, SIG_DFL);
        if (who == nullptr || (become(*who) && ::chdir("/") == 0))
            ::execvp(argv[0], argv.data());
        ::_exit(127);
    }
    ::close(to_child[0]);
    ::close(from_child[1]);
    const auto old_handler = ::signal(SIGPIPE, SIG_IGN);
    finished_process done;
    done.output = converse(to_child[1], from_child[0], input);
    ::signal(SIGPIPE, old_handler);
    ::close(from_child[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    done.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return done;
}

std::string run_or_throw(const std::vector<std::string>& arguments, std::string_view input,
                         const identity* who) {
    auto done = run(arguments, input, who);
    if (done.status != 0)
        throw std::runtime_error(arguments.front() + " ended with " + std::to_string(done.status) + ": " +
                                 done.output);
    return std::move(done.output);
}

} // namespace coimap::test
