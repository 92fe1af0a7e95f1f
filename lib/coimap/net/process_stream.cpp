#include "coimap/net/process_stream.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace coimap {
namespace {

/// Closes what is still open when something fails on the way.
class descriptor {
public:
    explicit descriptor(int number = -1) noexcept : number_(number) {}
    ~descriptor() { close(); }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;

    int get() const noexcept { return number_; }
    int release() noexcept { return std::exchange(number_, -1); }
    void close() noexcept {
        if (number_ >= 0)
            ::close(std::exchange(number_, -1));
    }

private:
    int number_;
};

[[noreturn]] void fail(int reason, const std::string& program) {
    diagnostics details;
    details.operation = "run " + program;
    details.connection_usable = false;
    throw error(std::error_code(reason, std::generic_category()), details);
}

/// Between fork and exec: nothing but what is safe there.
[[noreturn]] void become(char* const* arguments, int standard, int report) noexcept {
    // Whoever has closed its own standard input gets these numbers for others.
    standard = ::fcntl(standard, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    report = ::fcntl(report, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    ::signal(SIGPIPE, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    if (::dup2(standard, STDIN_FILENO) >= 0 && ::dup2(standard, STDOUT_FILENO) >= 0)
        ::execvp(arguments[0], arguments);
    const int reason = errno;
    [[maybe_unused]] const auto written = ::write(report, &reason, sizeof reason);
    ::_exit(127);
}

/// The near end of the program's standard input and output.
int start(const std::vector<std::string>& command) {
    if (command.empty())
        throw error(errc::invalid_argument);
    std::vector<char*> arguments;
    for (const std::string& word : command)
        arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);

    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        fail(errno, command.front());
    descriptor near(ends[0]);
    descriptor far(ends[1]);
    // Tells why it did not become the program; closed without a word when it did.
    std::array<int, 2> report{};
    if (::pipe2(report.data(), O_CLOEXEC) != 0)
        fail(errno, command.front());
    const descriptor reading(report[0]);
    descriptor writing(report[1]);

    // A child's child is nobody's: no zombie is left, and no handler of the application's sees it end.
    const pid_t child = ::fork();
    if (child < 0)
        fail(errno, command.front());
    if (child == 0) {
        const pid_t grandchild = ::fork();
        if (grandchild == 0)
            become(arguments.data(), far.get(), writing.get());
        if (grandchild < 0) {
            const int reason = errno;
            [[maybe_unused]] const auto written = ::write(writing.get(), &reason, sizeof reason);
        }
        ::_exit(0);
    }
    far.close();
    writing.close();
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
    int reason = 0;
    ssize_t got = 0;
    do
        got = ::read(reading.get(), &reason, sizeof reason);
    while (got < 0 && errno == EINTR);
    if (got > 0)
        fail(reason, command.front());
    return near.release();
}

} // namespace

process_stream::process_stream(asio::any_io_executor executor, const std::vector<std::string>& command)
    : socket_stream(asio::local::stream_protocol::socket(std::move(executor), asio::local::stream_protocol(),
                                                         start(command))) {}

} // namespace coimap
