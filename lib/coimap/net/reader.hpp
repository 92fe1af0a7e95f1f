#pragma once
// Who reads for a connection. No coroutine but an object that the stream calls back: an idling connection
// waits for hours, and there may be thousands, each of which would keep its frames.

#include "coimap/net/connection.hpp"

#include <cstddef>
#include <exception>
#include <memory>

namespace coimap {

/// Belongs to whatever it waits for. When that is destroyed before its time (the io_context is shut down), it
/// lets go who waits for the connection, since nothing will ever happen there again.
class connection::reader final : public read_listener, public std::enable_shared_from_this<reader> {
public:
    explicit reader(std::shared_ptr<connection> owner) noexcept : owner_(std::move(owner)) {}
    ~reader() override;

    /// Reads until nothing is left, and then waits to be called again.
    void go_on(std::exception_ptr problem = nullptr);
    void on_readable(std::exception_ptr problem) override { go_on(std::move(problem)); }

private:
    bool read();

    std::shared_ptr<connection> owner_;
    std::size_t reads_ = 0;
};

} // namespace coimap
