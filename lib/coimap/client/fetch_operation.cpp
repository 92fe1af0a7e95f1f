#include "coimap/client/fetch_operation.hpp"

#include "coimap/net/connection.hpp"

#include <asio/cancellation_state.hpp>
#include <asio/error.hpp>
#include <asio/this_coro.hpp>

namespace coimap {

fetch_operation::fetch_operation(std::shared_ptr<connection> owner)
    : operation(std::move(owner)), high_water_(this->owner()->session().options().limits.stream_high_water),
      overflow_(this->owner()->session().options().limits.stream_overflow) {}

void fetch_operation::push(item value, std::size_t octets) {
    if (overflowed_)
        return;
    if (held_ != 0 && held_ + octets > overflow_) {
        overflowed_ = true;
    } else {
        held_ += octets;
        queue_.push_back({std::move(value), octets});
    }
    ready_.wake();
}

asio::awaitable<std::optional<fetch_operation::item>> fetch_operation::next() {
    while (!settled())
        co_await arrival();
    std::optional<item> result = take();
    co_return result;
}

asio::awaitable<void> fetch_operation::arrival() {
    const auto self = shared_from_this();
    if (ready_.waiting())
        throw error(errc::bad_state); // one coroutine reads a stream
    owner()->watch(*this);
    co_await ready_.wait([this] { ready_.wake(); });
    // Also when an item came first: who was cancelled drops what is returned, and it would be lost.
    const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none)
        throw error(asio::error::operation_aborted);
}

std::optional<fetch_operation::item> fetch_operation::take() {
    if (queue_.empty()) {
        if (overflowed_) {
            diagnostics details;
            details.operation = "FETCH";
            throw error(make_error_code(errc::stream_overflow), details);
        }
        throw_if_failed();
        return std::nullopt;
    }
    const bool was_congested = congested();
    std::optional<item> first(std::move(queue_.front().value));
    held_ -= queue_.front().octets;
    queue_.pop_front();
    if (was_congested && !congested())
        owner()->resume_reading();
    return first;
}

void fetch_operation::on_done(std::error_code code, diagnostics details) noexcept {
    operation::on_done(code, std::move(details));
    ready_.wake();
}

void fetch_operation::drop() noexcept {
    operation::drop();
    ready_.drop();
}

streaming_fetch::streaming_fetch(std::shared_ptr<fetch_operation> to, message_set messages, fetch_items items,
                                 fetch_options options, std::optional<std::uint64_t> stream_over)
    : fetch_command(std::move(messages), std::move(items), options), to_(to), stream_over_(stream_over) {}

void streaming_fetch::on_message(message one, std::size_t octets) {
    if (const auto to = to_.lock())
        to->push(std::move(one), wire::kept_response::footprint(octets));
}

bool streaming_fetch::on_literal_begin(const wire::response& head, std::uint64_t, session_context& context) {
    const auto* data = head.as<fetch_data>();
    return data != nullptr && !to_.expired() && owns(*data, true, context);
}

void streaming_fetch::on_literal_data(std::string_view octets) {
    if (const auto to = to_.lock())
        to->push(body_piece{{octets.begin(), octets.end()}}, octets.size());
}

bool streaming_fetch::congested() const noexcept {
    const auto to = to_.lock();
    return to && to->congested();
}

void streaming_fetch::on_abandoned() noexcept {
    to_.reset();
    fetch_command::on_abandoned();
}

} // namespace coimap
