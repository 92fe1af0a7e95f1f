#include "coimap/session/event_queue.hpp"

#include <utility>

namespace coimap {
namespace {

/// What an event occupies beside its own size, about.
struct octets_of {
    std::size_t operator()(const events::selection_changed& each) const { return each.name.size(); }
    std::size_t operator()(const events::vanished& each) const {
        return each.uids.ranges().size() * sizeof(number_range);
    }
    std::size_t operator()(const events::flags_changed& each) const { return of(each.flags); }
    std::size_t operator()(const events::mailbox_flags& each) const { return of(each.flags); }
    std::size_t operator()(const events::alert& each) const { return each.text.size(); }
    std::size_t operator()(const events::notice& each) const { return each.code.size() + each.text.size(); }
    std::size_t operator()(const events::bye& each) const { return each.code.size() + each.text.size(); }
    std::size_t operator()(const events::other_data& each) const {
        return each.name.size() + each.bytes.size();
    }
    std::size_t operator()(const events::protocol_defect& each) const {
        return each.what.size() + each.bytes.size();
    }
    template<class Fixed>
    std::size_t operator()(const Fixed&) const {
        return 0;
    }

private:
    static std::size_t of(const std::vector<std::string>& names) {
        std::size_t sum = 0;
        for (const std::string& each : names)
            sum += sizeof(std::string) + each.size();
        return sum;
    }
};

std::size_t size_of(const event& value) {
    return sizeof(event) + std::visit(octets_of(), value);
}

} // namespace

bool event_queue::full(const event& value) const noexcept {
    return size() >= most_ || octets_ + size_of(value) > most_octets_;
}

void event_queue::push(event value) {
    if (!empty()) {
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
        if (full(value) && !std::holds_alternative<events::closed>(value)) {
            if (auto* lost = std::get_if<events::events_lost>(&last))
                ++lost->count;
            else
                append(events::events_lost{1});
            return;
        }
    }
    append(std::move(value));
}

void event_queue::append(event value) {
    octets_ += size_of(value);
    events_.push_back(std::move(value));
}

event event_queue::pop() {
    event first = std::move(events_[taken_++]);
    octets_ -= size_of(first);
    if (empty()) {
        taken_ = 0;
        std::vector<event>().swap(events_); // an idle connection keeps nothing
    } else if (taken_ > events_.size() / 2) {
        events_.erase(events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(taken_));
        taken_ = 0;
    }
    return first;
}

} // namespace coimap
