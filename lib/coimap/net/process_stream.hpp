#pragma once
// Another program as the way to the server: it speaks IMAP on its standard input and output.

#include "coimap/net/socket_stream.hpp"

#include <asio/any_io_executor.hpp>
#include <asio/local/stream_protocol.hpp>

#include <string>
#include <vector>

namespace coimap {

class process_stream final : public socket_stream<asio::local::stream_protocol::socket> {
public:
    /// Runs the program, found by PATH, with these arguments: no shell takes part. Its standard error output
    /// stays this process's. Blocks until it has started. Throws coimap::error: errc::invalid_argument for an
    /// empty command, or what the system says when it cannot be run.
    ///
    /// The program is told the end by the end of its input, and is nobody's child: the application neither
    /// waits for it nor sees it end. Closing does not kill it.
    process_stream(asio::any_io_executor executor, const std::vector<std::string>& command);
};

} // namespace coimap
