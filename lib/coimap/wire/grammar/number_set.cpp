#include "coimap/wire/grammar.hpp"

#include <utility>

namespace coimap::wire {

namespace {

// A number of a set: never 0 and never clamped, since a guess would name somebody else's message.
bool parse_member(lexer& input, std::uint32_t& number) {
    if (!is_digit(input.peek()))
        return input.fail("set.malformed");
    if (!input.number(number))
        return false;
    return number != 0 || input.fail("number.zero");
}

} // namespace

bool parse_number_set(lexer& input, range_list& set) {
    list_builder<number_range, 16> ranges(input.memory());
    do {
        number_range range;
        if (!parse_member(input, range.first))
            return false;
        range.last = range.first;
        if (input.take(':')) {
            if (!parse_member(input, range.last))
                return false;
            if (range.last < range.first)
                std::swap(range.first, range.last);
        }
        if (ranges.size() == input.limits().set_ranges)
            return input.fail("limit.set-ranges");
        ranges.push_back(range);
    } while (input.take(','));
    const auto found = ranges.finish();
    set = {found.begin(), found.size()};
    return true;
}

} // namespace coimap::wire
