#pragma once
// Timeouts are races, and so is everything else that should end when something else does.
//
// Unlike the operators of asio::experimental::awaitable_operators, these end with the first that finishes,
// well or not, pass its error on, and wait for the loser's graceful end: when they return, nothing of it is
// under way any more.

#include <asio/awaitable.hpp>

#include <chrono>
#include <optional>
#include <utility>
#include <variant>

namespace coimap {

namespace detail {

/// Runs both; the first to finish cancels the other. Which one it was. Throws what it threw, or
/// operation_aborted when the whole was cancelled. The loser's outcome is dropped.
asio::awaitable<std::size_t> run_race(asio::awaitable<void> a, asio::awaitable<void> b);

/// The same against a timer; throws errc::timed_out when that wins.
asio::awaitable<void> run_with_timeout(asio::awaitable<void> what, std::chrono::steady_clock::duration limit);

template<class T>
asio::awaitable<void> store(asio::awaitable<T> what, std::optional<T>& to) {
    T value = co_await std::move(what);
    to.emplace(std::move(value));
}

} // namespace detail

/// What the awaitable yields, if it does so in time. Else it is cancelled, its end is awaited (idle() sends
/// DONE), and coimap::error with errc::timed_out is thrown. The connection stays usable. An outer
/// cancellation is passed on, each time that it comes.
template<class T>
asio::awaitable<T> with_timeout(asio::awaitable<T> what, std::chrono::steady_clock::duration limit) {
    std::optional<T> value;
    co_await detail::run_with_timeout(detail::store(std::move(what), value), limit);
    co_return std::move(*value);
}

inline asio::awaitable<void> with_timeout(asio::awaitable<void> what,
                                          std::chrono::steady_clock::duration limit) {
    return detail::run_with_timeout(std::move(what), limit);
}

/// What the first to finish yields.
template<class A, class B>
asio::awaitable<std::variant<A, B>> race(asio::awaitable<A> a, asio::awaitable<B> b) {
    std::optional<A> first;
    std::optional<B> second;
    const std::size_t winner =
        co_await detail::run_race(detail::store(std::move(a), first), detail::store(std::move(b), second));
    if (winner == 0) {
        std::variant<A, B> result(std::in_place_index<0>, std::move(*first));
        co_return result;
    }
    std::variant<A, B> result(std::in_place_index<1>, std::move(*second));
    co_return result;
}

/// Which one was first: 0 or 1.
inline asio::awaitable<std::size_t> race(asio::awaitable<void> a, asio::awaitable<void> b) {
    return detail::run_race(std::move(a), std::move(b));
}

} // namespace coimap
