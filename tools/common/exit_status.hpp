#pragma once
// What the program tells the shell, by the numbers of sysexits.h.

#include <stdexcept>
#include <string>

namespace coimap::tools {

enum class exit_status : int {
    ok = 0,
    refused = 1,       ///< the server answered NO or BAD
    usage = 64,        ///< the command line, or a command, is wrong; nothing was sent for it
    data = 65,         ///< the input is not what it should be
    unavailable = 69,  ///< no connection, or it was lost
    software = 70,     ///< a bug
    input_output = 74, ///< a file could not be read or written
    timeout = 75,      ///< a deadline passed; trying again may help
    protocol = 76,     ///< the server broke the protocol, or a limit was passed
    permission = 77,   ///< authentication failed, or the certificate did not verify
    interrupted = 130, ///< by Control-C, as shells have it
    reader_gone = 141, ///< nobody reads the output any more: SIGPIPE, as shells have it; no complaint
};

constexpr int number(exit_status status) noexcept {
    return static_cast<int>(status);
}

/// A failure of the program itself (as opposed to the library's), with the status to end with.
class failure : public std::runtime_error {
public:
    failure(exit_status status, const std::string& what) : std::runtime_error(what), status_(status) {}
    exit_status status() const noexcept { return status_; }

private:
    exit_status status_;
};

/// The command line or a command is wrong.
class usage_error : public failure {
public:
    explicit usage_error(const std::string& what) : failure(exit_status::usage, what) {}
};

} // namespace coimap::tools
