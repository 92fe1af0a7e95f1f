#include "coimap/session/event_queue.hpp"

#include <utility>

namespace coimap {

void event_queue::push(event value) {
    if (!events_.empty()) {
        event& last = events_.back();
        if (auto* newer = std::get_if<events::exists>(&value)) {
            if (auto* older = std::get_if<events::exists>(&last)) {
                newer->previous = older->previous;
                last = std::move(value);
                return;
            }
        }
        if (std::holds_alternative<events::recent>(value) && std::holds_alternative<events::recent>(last)) {
            last = std::move(value);
            return;
        }
        if (events_.size() >= limit_ && !std::holds_alternative<events::closed>(value)) {
            if (auto* lost = std::get_if<events::events_lost>(&last))
                ++lost->count;
            else
                events_.push_back(events::events_lost{1});
            return;
        }
    }
    events_.push_back(std::move(value));
}

event event_queue::pop() {
    event first = std::move(events_.front());
    events_.pop_front();
    if (events_.empty())
        events_.shrink_to_fit();
    return first;
}

} // namespace coimap
