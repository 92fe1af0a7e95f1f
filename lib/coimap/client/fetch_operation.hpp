#pragma once
// The two ends of a streamed FETCH: the command that the session fills, and the operation that a coroutine
// empties.

#include "coimap/core/spare_memory.hpp"
#include "coimap/net/operation.hpp"
#include "coimap/session/commands/fetch.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace coimap {

/// Octets of a body that streams.
struct body_piece {
    std::basic_string<char, std::char_traits<char>, spare_allocator<char>> octets;
};

class fetch_operation final : public operation {
public:
    using item = std::variant<message, body_piece>;

    explicit fetch_operation(std::shared_ptr<connection> owner);

    /// Nothing at the end. Throws what the FETCH failed with, once everything before was taken.
    asio::awaitable<std::optional<item>> next();

    // The same in two steps: most of the time there is nothing to wait for.
    bool settled() const noexcept { return !queue_.empty() || overflowed_ || done(); }
    asio::awaitable<void> arrival(); ///< until something has changed
    std::optional<item> take();      ///< once it is settled

    void on_done(std::error_code code, diagnostics details) noexcept override;
    void drop() noexcept override;

    // For the command.
    void push(item value, std::size_t octets);
    bool congested() const noexcept { return held_ >= high_water_; }

private:
    struct queued {
        item value;
        std::size_t octets;
    };

    std::deque<queued> queue_;
    std::size_t held_ = 0;
    std::size_t high_water_;
    std::size_t overflow_;
    bool overflowed_ = false;
    waiter ready_;
};

/// A FETCH that hands on what it gets: whole messages, and literals over the threshold piece by piece.
class streaming_fetch final : public commands::fetch_command {
public:
    streaming_fetch(std::shared_ptr<fetch_operation> to, message_set messages, fetch_items items,
                    fetch_options options, std::optional<std::uint64_t> stream_over);

    void on_abandoned() noexcept override;
    bool congested() const noexcept override;
    bool collects() const noexcept override { return false; }
    std::optional<std::uint64_t> streams_literals_over() const noexcept override { return stream_over_; }
    bool on_literal_begin(const wire::response& head, std::uint64_t size, session_context& context) override;
    void on_literal_data(std::string_view octets) override;

protected:
    void on_message(message one, std::size_t octets) override;

private:
    std::weak_ptr<fetch_operation>
        to_; ///< the operation is held by whoever waits, and by the session until it is done
    std::optional<std::uint64_t> stream_over_;
};

} // namespace coimap
