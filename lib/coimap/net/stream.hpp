#pragma once
// What a connection needs of the world: octets in, octets out, and to be told when more of either is
// possible. TCP, TLS over any stream, and a simulated network for tests are each one implementation.
//
// Reading and writing never wait, and waiting holds no buffer: so an idle connection costs no memory, and
// nobody can be caught in the middle of a write by a cancellation.

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

namespace coimap {

/// Outcome of an attempt to read or write.
struct io_result {
    std::size_t count = 0; ///< octets moved
    std::error_code
        error; ///< std::errc::operation_would_block: nothing possible now; errc::connection_lost: the end
};

/// Is told that a stream has something to read; for those who wait so long that a coroutine's frame is too
/// much to keep.
class read_listener {
public:
    virtual ~read_listener() = default;

    /// `problem` is what wait_readable() would have thrown: nothing, most of the time.
    virtual void on_readable(std::exception_ptr problem) = 0;
};

/// Belongs to one executor, like the connection that owns it. At most one wait of each kind at a time.
class stream {
public:
    virtual ~stream() = default;

    virtual io_result read_some(std::span<char> room) noexcept = 0;
    virtual io_result write_some(std::string_view octets) noexcept = 0;

    /// Octets that were accepted by write_some but have not left: tries to send them. would_block: some are
    /// left.
    virtual std::error_code flush() noexcept { return {}; }

    /// Return when read_some, or write_some and flush, may have something to do: also on errors, which the
    /// next attempt reports. They throw only when cancelled or closed.
    virtual asio::awaitable<void> wait_readable() = 0;
    virtual asio::awaitable<void> wait_writable() = 0;

    /// The same as wait_readable(), by a call on the executor, once and never from within this one. Whoever
    /// does not override it waits by a coroutine. The wait owns the listener.
    virtual void when_readable(std::shared_ptr<read_listener> who);

    /// Ends it; waits end as well. May be called at any time, and more than once.
    virtual void close() noexcept = 0;

    virtual asio::any_io_executor executor() noexcept = 0;

    /// For people: "TLS 1.3, TLS_AES_256_GCM_SHA384", or "clear".
    virtual std::string description() const { return "clear"; }
};

inline std::error_code would_block() noexcept {
    return std::make_error_code(std::errc::operation_would_block);
}
inline bool is_would_block(const std::error_code& code) noexcept {
    return code == std::errc::operation_would_block || code == std::errc::resource_unavailable_try_again;
}

} // namespace coimap
