#pragma once
// A command that was asked for: it is on its way already; waiting for it is another matter.

#include <asio/awaitable.hpp>

#include <cstdint>
#include <memory>

namespace coimap {

class operation;

/// Owns the interest in a command's outcome. Letting go of it abandons the command: removed when nothing of
/// it was sent, else its answer is read and dropped; the connection stays usable.
class pending {
public:
    explicit pending(std::shared_ptr<operation> what) noexcept;
    pending(pending&&) noexcept;
    pending& operator=(pending&&) noexcept;
    ~pending();

    /// Returns after the tagged OK, throws coimap::error otherwise. Cancellation (of any type) abandons the
    /// command as above and throws operation_aborted at once; AUTHENTICATE is ended with `*` and idle() with
    /// DONE first.
    asio::awaitable<void> wait();

    /// The selection (see session) that was valid when it was done.
    std::uint64_t selection() const noexcept;

private:
    void let_go() noexcept;

    std::shared_ptr<operation> what_;
};

/// The value of a command once its answer is there.
template<class Command>
asio::awaitable<typename Command::result_type> result_of(pending under_way, std::shared_ptr<Command> what) {
    co_await under_way.wait();
    co_return what->take_result();
}

} // namespace coimap
