#include "coimap/model/message_set.hpp"

#include <algorithm>

namespace coimap {

message_set message_set::resolve(std::uint32_t exists) const {
    const auto* last = std::get_if<last_messages>(&value_);
    if (!last)
        return *this;
    const std::uint32_t count = std::min(last->count, exists);
    if (count == 0)
        return sequence_set();
    return sequence_set(exists - count + 1, exists);
}

bool message_set::empty() const noexcept {
    if (is_saved())
        return false;
    if (const auto* last = std::get_if<last_messages>(&value_))
        return last->count == 0;
    return ranges().empty();
}

const number_ranges& message_set::ranges() const noexcept {
    static const number_ranges none;
    if (const auto* uids = std::get_if<uid_set>(&value_))
        return *uids;
    if (const auto* numbers = std::get_if<sequence_set>(&value_))
        return *numbers;
    return none;
}

bool message_set::may_overlap(const message_set& other) const noexcept {
    if (empty() || other.empty())
        return false;
    const bool numbers_known = !ranges().empty() && !other.ranges().empty();
    if (!numbers_known || value_.index() != other.value_.index())
        return true;
    // `*` is the last message, whatever its number; and 100:* has it too where there are fewer than 100.
    if (ranges().max() == star || other.ranges().max() == star)
        return true;
    return ranges().intersects(other.ranges());
}

std::string message_set::to_string() const {
    if (is_saved())
        return "$";
    if (std::holds_alternative<last_messages>(value_))
        return "*"; // right for last(1); the writer takes no other count unresolved
    return ranges().to_string();
}

} // namespace coimap
