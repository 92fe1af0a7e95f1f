#include "common/output.hpp"

#include "common/exit_status.hpp"

#include <cerrno>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace coimap::tools {

void output::spill() {
    if (descriptor_ >= 0)
        flush();
}

void output::flush() {
    if (descriptor_ < 0)
        return;
    std::string_view rest = buffer_;
    while (!rest.empty()) {
        const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            const std::error_code reason(errno, std::generic_category());
            buffer_.clear();
            throw failure(reason == std::errc::broken_pipe ? exit_status::reader_gone
                                                           : exit_status::input_output,
                          "cannot write the output: " + reason.message());
        }
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
    buffer_.clear();
}

std::string output::take() {
    return std::exchange(buffer_, {});
}

} // namespace coimap::tools
