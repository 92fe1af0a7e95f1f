#pragma once
// A program that runs beside the harness and is listened to line by line.

#include <chrono>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace coimap::tools::bench {

class child {
public:
    /// Starts it; what it says on standard error is kept. Throws std::runtime_error when it cannot.
    explicit child(const std::vector<std::string>& arguments);
    /// Ends it, if it has not ended.
    ~child();
    child(const child&) = delete;
    child& operator=(const child&) = delete;

    pid_t pid() const noexcept { return pid_; }

    /// The next line of its standard output; nothing at its end, or when it takes too long.
    std::optional<std::string> line(std::chrono::steady_clock::time_point deadline);

    /// Waits for its end; kills it at the deadline. The exit status, 128 + the signal, or -1 for too long.
    int wait(std::chrono::steady_clock::time_point deadline);

    /// The last line of its standard error.
    std::string complaint() const;

private:
    bool read_more(std::chrono::steady_clock::time_point deadline);

    pid_t pid_ = -1;
    int output_ = -1;
    int errors_ = -1;
    bool output_ended_ = false;
    std::string text_;
    std::string said_;
};

} // namespace coimap::tools::bench
