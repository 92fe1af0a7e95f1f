#pragma once
// Messages of a FETCH as they arrive.

#include "coimap/wire/responses/fetch.hpp"

#include <asio/awaitable.hpp>

#include <memory>
#include <optional>

namespace coimap {

class fetch_operation;

/// `while (auto message = co_await stream.next()) ...`
///
/// Reading from the server pauses while limits::stream_high_water octets wait here, unless another command is
/// awaited on the connection: then they pile up, to limits::stream_overflow at most, past which the stream
/// fails (errc::stream_overflow) and the other command does not. Dropped half-way, or assigned to, the rest
/// is read and discarded.
class fetch_stream {
public:
    explicit fetch_stream(std::shared_ptr<fetch_operation> source) noexcept;
    fetch_stream(fetch_stream&&) noexcept;
    fetch_stream& operator=(fetch_stream&&) noexcept;
    ~fetch_stream();

    /// The next message; nothing after the tagged OK, and of a stream that was moved from. Throws
    /// coimap::error when the FETCH failed, after the messages that came before. Cancelling it loses no
    /// message and leaves the stream usable.
    asio::awaitable<std::optional<message>> next();

private:
    std::shared_ptr<fetch_operation> source_;
};

} // namespace coimap
