// The demonstration behind tools/demo: one run through what coimap is for, on a real server, with what it
// really took.

#include "showcase/demonstration.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <unistd.h>

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

} // namespace

int main(int count, char** words) {
    const std::string port = variable("COIMAP_TEST_TLS_PORT");
    const std::string ca_file = variable("COIMAP_TEST_CA");
    if (port.empty() || ca_file.empty()) {
        std::cerr << "Run tools/demo: it starts the server that this needs.\n";
        return 64;
    }
    const std::string url = "imaps://localhost:" + port;

    asio::io_context context;
    int status = 0;
    asio::co_spawn(context, coimap::showcase::demonstrate(url, ca_file),
                   [&status](std::exception_ptr problem) {
                       if (!problem)
                           return;
                       status = 70;
                       try {
                           std::rethrow_exception(problem);
                       } catch (const std::exception& error) {
                           std::cerr << "\nThe demonstration failed: " << error.what() << '\n';
                       }
                   });
    context.run();
    if (status != 0)
        return status;

    // On a terminal the visitor goes on alone.
    const std::string program = count > 1 ? words[1] : "";
    if (program.empty() || isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0) {
        std::cout << "\nOn a terminal the REPL opens on this account now. See also: coimap --help\n";
        return 0;
    }
    std::cout
        << "\nThe REPL on this account: try `help`, `fetch 1:5 envelope`, `search subject garden`, `idle`.\n"
        << std::flush;
    setenv("COIMAP_PASSWORD", "secret", 1);
    const std::string account = "imaps://alice@localhost:" + port + "/INBOX";
    execl(program.c_str(), program.c_str(), "repl", "--ca", ca_file.c_str(), account.c_str(), nullptr);
    std::cerr << "cannot run " << program << '\n';
    return 70;
}
