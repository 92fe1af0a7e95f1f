#pragma once
// Running another program to its end.

#include <string>
#include <string_view>
#include <vector>

namespace coimap::test {

struct finished_process {
    int status = 0;     ///< the exit status, or 128 + the signal that ended it
    std::string output; ///< what it wrote on standard output and standard error
};

/// Who a program runs as. Servers refuse to run as root, so root hands them to `nobody`.
struct identity {
    unsigned uid = 0;
    unsigned gid = 0;
    std::string user;
    std::string group;
    bool drop = false; ///< the running process is root and gives its rights away
};

/// The unprivileged user of this process's servers: itself, or `nobody` when it is root.
identity unprivileged();

/// Gives all rights away for good. Only calls that are safe between fork and exec; false on failure.
bool become(const identity& who) noexcept;

/// Runs a program to its end, with `input` on its standard input; with `who`, as that user.
finished_process run(const std::vector<std::string>& arguments, std::string_view input = {},
                     const identity* who = nullptr);

/// The same, for programs that must succeed; throws std::runtime_error with the output otherwise.
std::string run_or_throw(const std::vector<std::string>& arguments, std::string_view input = {},
                         const identity* who = nullptr);

} // namespace coimap::test
