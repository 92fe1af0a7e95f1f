#pragma once
// The trace of a connection in a file: a line of the wire a line, with the time.

#include "coimap/session/trace.hpp"

#include <chrono>
#include <cstdio>
#include <string>

namespace coimap::tools {

class file_trace final : public coimap::trace {
public:
    /// `-` is the standard error output. Throws `failure`.
    explicit file_trace(const std::string& path);
    ~file_trace() override;
    file_trace(const file_trace&) = delete;
    file_trace& operator=(const file_trace&) = delete;

    void sent(std::string_view line) noexcept override { write('C', line); }
    void received(std::string_view line) noexcept override { write('S', line); }
    void note(std::string_view text) noexcept override { write('*', text); }

private:
    void write(char who, std::string_view line) noexcept;

    std::FILE* file_;
    bool own_ = false;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

} // namespace coimap::tools
