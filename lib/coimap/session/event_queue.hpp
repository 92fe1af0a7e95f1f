#pragma once
// Events on their way to the application: bounded, in order, and honest about what it had to drop.

#include "coimap/session/event.hpp"

#include <cstddef>
#include <vector>

namespace coimap {

class event_queue {
public:
    /// Room for so many events that occupy so many octets.
    event_queue(std::size_t most, std::size_t octets) noexcept : most_(most), most_octets_(octets) {}

    /// Appends. A newer EXISTS or RECENT right behind another takes its place. In a full queue the event is
    /// dropped and counted in a marker at the end; the end of the connection always finds room.
    void push(event value);

    bool empty() const noexcept { return taken_ == events_.size(); }
    std::size_t size() const noexcept { return events_.size() - taken_; }
    event pop(); ///< not of an empty queue

private:
    bool full(const event& value) const noexcept;
    void append(event value);

    std::size_t most_;
    std::size_t most_octets_;
    std::size_t octets_ = 0;    ///< what the events occupy, about
    std::vector<event> events_; ///< a deque would hold memory while it is empty
    std::size_t taken_ = 0;     ///< of them
};

} // namespace coimap
