#pragma once
// Events on their way to the application: bounded, in order, and honest about what it had to drop.

#include "coimap/session/event.hpp"

#include <cstddef>
#include <deque>

namespace coimap {

class event_queue {
public:
    explicit event_queue(std::size_t limit) noexcept : limit_(limit) {}

    /// Appends. A newer EXISTS or RECENT right behind another takes its place. In a full queue the event is
    /// dropped and counted in a marker at the end; the end of the connection always finds room.
    void push(event value);

    bool empty() const noexcept { return events_.empty(); }
    std::size_t size() const noexcept { return events_.size(); }
    event pop(); ///< not of an empty queue

private:
    std::size_t limit_;
    std::deque<event> events_;
};

} // namespace coimap
