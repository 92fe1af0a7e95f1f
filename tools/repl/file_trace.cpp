#include "repl/file_trace.hpp"

#include "common/exit_status.hpp"

#include "coimap/core/printable.hpp"

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace coimap::tools {

file_trace::file_trace(const std::string& path) : file_(stderr) {
    if (path == "-")
        return;
    // What others write in their mail is nobody else's business.
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    file_ = descriptor < 0 ? nullptr : ::fdopen(descriptor, "w");
    if (file_ == nullptr) {
        const std::error_code reason(errno, std::generic_category());
        throw failure(exit_status::input_output, "cannot write the trace " + path + ": " + reason.message());
    }
    own_ = true;
}

file_trace::~file_trace() {
    if (own_)
        std::fclose(file_);
}

void file_trace::write(char who, std::string_view line) noexcept {
    try {
        const double at = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
        std::fprintf(file_, "%10.4f %c: %s\n", at, who, printable(line).c_str());
        std::fflush(file_);
    } catch (...) {
        // A trace must never harm what it traces.
    }
}

} // namespace coimap::tools
