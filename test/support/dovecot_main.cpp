// private-dovecot: runs a command beside a private Dovecot, and ends the server with it.
//
//   private-dovecot [--dir DIR] [--seed N] [--extra FILE] -- COMMAND [ARGUMENT...]
//
// The command finds the server through its environment: COIMAP_TEST_PORT, COIMAP_TEST_TLS_PORT,
// COIMAP_TEST_CA, and COIMAP_TEST_DIR, the server's folder. Its exit status is ours.

#include "support/dovecot.hpp"
#include "support/seed.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr auto usage =
    "usage: private-dovecot [--dir DIR] [--seed N] [--extra FILE] -- COMMAND [ARGUMENT...]\n"
    "  --dir DIR     make the server's folder below DIR (and remove it at the end)\n"
    "  --seed N      put N made-up messages into alice's INBOX\n"
    "  --extra FILE  append FILE to the server's configuration\n";

struct request {
    coimap::test::dovecot_options server;
    std::size_t messages = 0;
    char** command = nullptr;
};

[[noreturn]] void refuse() {
    std::fputs(usage, stderr);
    std::exit(64);
}

request parse(int count, char** words) {
    request asked;
    for (int i = 1; i < count; i += 2) {
        const std::string_view word = words[i];
        if (word == "--") {
            asked.command = words + i + 1;
            break;
        }
        if (i + 1 == count)
            refuse();
        if (word == "--dir") {
            asked.server.parent = words[i + 1];
        } else if (word == "--seed") {
            char* end = nullptr;
            asked.messages = std::strtoull(words[i + 1], &end, 10);
            if (*end != '\0')
                refuse();
        } else if (word == "--extra") {
            std::ifstream file(words[i + 1], std::ios::binary);
            if (!file)
                refuse();
            asked.server.extra.assign(std::istreambuf_iterator<char>(file), {});
        } else {
            refuse();
        }
    }
    if (asked.command == nullptr || *asked.command == nullptr)
        refuse();
    return asked;
}

volatile std::sig_atomic_t child = 0;

extern "C" void pass_on(int signal) {
    if (child > 0)
        ::kill(static_cast<pid_t>(child), signal);
}

/// Runs the command to its end, in our own process group: the terminal stays its own.
int run_command(char** command) {
    struct sigaction action {};
    action.sa_handler = pass_on;
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGHUP, &action, nullptr);
    ::signal(SIGINT, SIG_IGN); // the terminal sends it to the command as well, which decides
    ::signal(SIGQUIT, SIG_IGN);
    const pid_t pid = ::fork();
    if (pid < 0)
        return 71;
    if (pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM); // it shall not outlive us either
        for (const int signal : {SIGINT, SIGQUIT, SIGTERM, SIGHUP})
            ::signal(signal, SIG_DFL);
        ::execvp(command[0], command);
        std::fprintf(stderr, "private-dovecot: %s: %s\n", command[0], std::strerror(errno));
        ::_exit(127);
    }
    child = pid;
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

} // namespace

int main(int argc, char** argv) {
    auto asked = parse(argc, argv);
    try {
        if (!asked.server.parent.empty())
            std::filesystem::create_directories(asked.server.parent);
        coimap::test::dovecot server(asked.server);
        if (asked.messages > 0)
            coimap::test::fill_mailbox(server.port(), "alice", "INBOX", asked.messages);
        ::setenv("COIMAP_TEST_PORT", std::to_string(server.port()).c_str(), 1);
        ::setenv("COIMAP_TEST_TLS_PORT", std::to_string(server.tls_port()).c_str(), 1);
        ::setenv("COIMAP_TEST_CA", server.ca_file().c_str(), 1);
        ::setenv("COIMAP_TEST_DIR", server.folder().c_str(), 1);
        return run_command(asked.command);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "private-dovecot: %s\n", e.what());
        return 69;
    }
}
