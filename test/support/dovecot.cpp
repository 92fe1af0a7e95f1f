#include "support/dovecot.hpp"

#include "support/process.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace coimap::test {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

/// Two different ports that were free a moment ago.
std::pair<unsigned short, unsigned short> free_ports() {
    int sockets[2];
    unsigned short ports[2];
    for (int i = 0; i < 2; ++i) {
        sockets[i] = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(sockets[i], reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
            ::getsockname(sockets[i], reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::system_error(errno, std::generic_category(), "no free port");
        ports[i] = ntohs(address.sin_port);
    }
    ::close(sockets[0]);
    ::close(sockets[1]);
    return {ports[0], ports[1]};
}

/// What the supervisor needs, made before the fork: after it, only calls that are safe in a signal handler
/// are allowed, since the process may have had threads.
struct supervision {
    identity who;
    int lifeline = -1; ///< readable (at its end) when the owner is gone
    const char* folder = nullptr;
    const char* log = nullptr;
    char* const* server = nullptr; ///< argv
    char* const* remove = nullptr; ///< argv of what removes the folder
};

[[noreturn]] void be_the_server(const supervision& task) noexcept {
    ::setpgid(0, 0);
    const int null = ::open("/dev/null", O_RDONLY);
    const int log = ::open(task.log, O_WRONLY | O_CREAT | O_APPEND, 0644);
    ::dup2(null, STDIN_FILENO);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::close_range(3, ~0U, 0);
    // One connection costs the server several descriptors: let it have what is allowed.
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
    if (!become(task.who) || ::chdir(task.folder) != 0)
        ::_exit(127);
    ::execvp(task.server[0], task.server);
    ::execv("/usr/sbin/dovecot", task.server); // which is in few users' PATH
    ::_exit(127);
}

/// Lives from the server's start to its end, apart from the test's process: ends the server when the lifeline
/// breaks, whatever broke it.
[[noreturn]] void supervise(const supervision& task) noexcept {
    ::setsid(); // a Ctrl-C in the terminal is the owner's business
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE})
        ::signal(signal, SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);

    const pid_t server = ::fork();
    if (server < 0)
        ::_exit(1);
    if (server == 0) {
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE})
            ::signal(signal, SIG_DFL);
        be_the_server(task);
    }
    // Inherited descriptors would keep the lifelines of other servers, and the pipes of whoever runs us,
    // open.
    const int lifeline = ::dup2(task.lifeline, 3);
    const int null = ::open("/dev/null", O_RDWR);
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        ::dup2(null, standard);
    ::close_range(4, ~0U, 0);
    const int ended =
        static_cast<int>(::syscall(SYS_pidfd_open, server, 0)); // glibc 2.36 declares it for C only

    pollfd events[2] = {{lifeline, POLLIN, 0}, {ended, POLLIN, 0}};
    while (::poll(events, 2, -1) < 0 && errno == EINTR) {
    }
    if (events[0].revents == 0)
        ::_exit(1); // it ended by itself; its log tells the owner why
    // A moment for its goodbye to those who are connected; nothing that it would still write matters.
    ::kill(server, SIGTERM);
    ::poll(&events[1], 1, 200);
    ::kill(-server, SIGKILL);
    ::waitpid(server, nullptr, 0);
    ::chdir("/");
    ::execvp(task.remove[0], task.remove);
    ::_exit(127);
}

} // namespace

dovecot::dovecot(dovecot_options options) {
    const auto parent = options.parent.empty() ? fs::temp_directory_path() : fs::absolute(options.parent);
    std::string name = (parent / "dovecot-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr)
        throw std::system_error(errno, std::generic_category(), "cannot make " + name);
    folder_ = name;
    try {
        // A port that was free may be taken before the server listens on it: then try others.
        for (int attempt = 1; attempt <= 5; ++attempt) {
            std::tie(port_, tls_port_) = free_ports();
            write_configuration(options);
            start_under_supervision();
            if (wait_for_greeting())
                return;
            if (log().find("Address already in use") == std::string::npos)
                break;
        }
        throw std::runtime_error("the private Dovecot did not start:\n" + log());
    } catch (...) {
        stop();
        throw;
    }
}

dovecot::~dovecot() {
    stop();
}

void dovecot::start_under_supervision() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe");
    lifeline_ = ends[1];

    const std::string folder = folder_;
    const std::string log = folder_ / "log";
    const std::string configuration = folder_ / "dovecot.conf";
    const auto text = [](const std::string& s) { return const_cast<char*>(s.c_str()); };
    const std::vector<std::string> server_words = {"dovecot", "-F", "-c", configuration};
    const std::vector<std::string> remove_words = {"rm", "-rf", folder};
    std::vector<char*> server;
    std::vector<char*> remove;
    for (const auto& word : server_words)
        server.push_back(text(word));
    for (const auto& word : remove_words)
        remove.push_back(text(word));
    server.push_back(nullptr);
    remove.push_back(nullptr);
    supervision task{unprivileged(), ends[0], folder.c_str(), log.c_str(), server.data(), remove.data()};

    supervisor_ = ::fork();
    if (supervisor_ < 0)
        throw std::system_error(errno, std::generic_category(), "fork");
    if (supervisor_ == 0)
        supervise(task);
    ::close(ends[0]);
}

bool dovecot::wait_for_greeting() {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    // Its end wakes the wait between two attempts.
    pollfd ended{static_cast<int>(::syscall(SYS_pidfd_open, supervisor_, 0)), POLLIN, 0};
    bool greeted = false;
    while (std::chrono::steady_clock::now() < deadline) {
        if (::waitpid(supervisor_, nullptr, WNOHANG) == supervisor_) {
            ::close(lifeline_);
            lifeline_ = supervisor_ = -1;
            break;
        }
        try {
            raw_imap probe(port_, 5s);
            greeted = probe.greeting().starts_with("* OK");
            break;
        } catch (const std::exception&) {
            // That it answers is the only sign of its being ready.
            ::poll(&ended, 1, 10);
        }
    }
    ::close(ended.fd);
    return greeted;
}

void dovecot::stop() noexcept {
    if (lifeline_ >= 0) {
        ::close(lifeline_);
        while (::waitpid(supervisor_, nullptr, 0) < 0 && errno == EINTR) {
        }
        lifeline_ = supervisor_ = -1;
    }
    std::error_code ignored;
    if (!folder_.empty())
        fs::remove_all(folder_, ignored);
}

std::string dovecot::log() const {
    std::ifstream file(folder_ / "log", std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return text.size() > 4000 ? text.substr(text.size() - 4000) : text;
}

void dovecot::deliver(std::string_view user, std::string_view mailbox, std::string_view message) const {
    append(port_, user, mailbox, {std::string(message)});
}

dovecot& shared_dovecot() {
    static dovecot server;
    return server;
}

} // namespace coimap::test
