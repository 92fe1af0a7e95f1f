#include "coimap/model/number_set.hpp"

#include "coimap/core/number.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace coimap {

namespace {

/// Zero is no message number: what is left of a range without it, ends in order.
std::optional<number_range> put_right(number_range range) noexcept {
    if (range.first > range.last)
        std::swap(range.first, range.last);
    if (range.last == 0)
        return std::nullopt;
    range.first = std::max<std::uint32_t>(range.first, 1);
    return range;
}

/// Whether `next`, which begins no earlier than `range`, overlaps or continues it.
bool touches(const number_range& range, const number_range& next) noexcept {
    return range.last == star || next.first <= range.last + 1;
}

/// Appends a range that begins no earlier than the last one.
void append(std::vector<number_range>& ranges, const number_range& next) {
    if (!ranges.empty() && touches(ranges.back(), next))
        ranges.back().last = std::max(ranges.back().last, next.last);
    else
        ranges.push_back(next);
}

void append_number_or_star(std::string& text, std::uint32_t number) {
    if (number == star)
        text += '*';
    else
        append_number(text, number);
}

void append_range(std::string& text, const number_range& range) {
    append_number_or_star(text, range.first);
    if (range.last == range.first)
        return;
    text += ':';
    append_number_or_star(text, range.last);
}

/// The first range that ends at or behind the number.
auto reaching(const std::vector<number_range>& ranges, std::uint32_t number) noexcept {
    return std::lower_bound(ranges.begin(), ranges.end(), number,
                            [](const number_range& range, std::uint32_t n) { return range.last < n; });
}

/// Reads `12` or `*` and moves behind it.
result<std::uint32_t> take_number(std::string_view& text) {
    if (!text.empty() && text.front() == '*') {
        text.remove_prefix(1);
        return star;
    }
    std::uint64_t number = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && is_digit(text[digits]); ++digits) {
        number = number * 10 + static_cast<std::uint64_t>(text[digits] - '0');
        if (number > star)
            return errc::number_out_of_range;
    }
    if (digits == 0 || number == 0)
        return errc::invalid_argument;
    text.remove_prefix(digits);
    return static_cast<std::uint32_t>(number);
}

} // namespace

number_ranges::number_ranges(std::vector<number_range> ranges) : ranges_(std::move(ranges)) {
    std::size_t kept = 0;
    for (const number_range& range : ranges_)
        if (const auto right = put_right(range))
            ranges_[kept++] = *right;
    ranges_.resize(kept);
    if (!std::is_sorted(ranges_.begin(), ranges_.end()))
        std::sort(ranges_.begin(), ranges_.end());

    // Join in place: what has been read is never before what is written.
    std::size_t joined = 0;
    for (const number_range range : ranges_) {
        if (joined > 0 && touches(ranges_[joined - 1], range))
            ranges_[joined - 1].last = std::max(ranges_[joined - 1].last, range.last);
        else
            ranges_[joined++] = range;
    }
    ranges_.resize(joined);
}

std::uint64_t number_ranges::count() const noexcept {
    std::uint64_t sum = 0;
    for (const number_range& range : ranges_)
        sum += range.count();
    return sum;
}

bool number_ranges::contains(std::uint32_t number) const noexcept {
    const auto found = reaching(ranges_, number);
    return found != ranges_.end() && found->first <= number;
}

bool number_ranges::intersects(const number_ranges& other) const noexcept {
    auto a = ranges_.begin();
    auto b = other.ranges_.begin();
    while (a != ranges_.end() && b != other.ranges_.end()) {
        if (a->last < b->first)
            ++a;
        else if (b->last < a->first)
            ++b;
        else
            return true;
    }
    return false;
}

void number_ranges::insert(std::uint32_t number) {
    insert(number_range{number, number});
}

void number_ranges::insert(number_range range) {
    const auto right = put_right(range);
    if (!right)
        return;
    range = *right;
    if (ranges_.empty() || range.first >= ranges_.back().first) {
        append(ranges_, range);
        return;
    }
    // Everything from the first range that it touches to the last becomes one.
    const auto first = reaching(ranges_, range.first > 1 ? range.first - 1 : 1);
    auto last = first;
    for (; last != ranges_.end() && touches(range, *last); ++last) {
        range.first = std::min(range.first, last->first);
        range.last = std::max(range.last, last->last);
    }
    const auto place = ranges_.begin() + (first - ranges_.begin());
    if (first == last) {
        ranges_.insert(place, range);
        return;
    }
    *place = range;
    ranges_.erase(place + 1, ranges_.begin() + (last - ranges_.begin()));
}

void number_ranges::erase(number_range range) {
    if (put_right(range))
        *this = subtract(*this, number_ranges(std::vector<number_range>{range}));
}

number_ranges number_ranges::unite(const number_ranges& a, const number_ranges& b) {
    number_ranges sum;
    sum.ranges_.reserve(a.ranges_.size() + b.ranges_.size());
    auto left = a.ranges_.begin();
    auto right = b.ranges_.begin();
    while (left != a.ranges_.end() || right != b.ranges_.end()) {
        const bool take_left = right == b.ranges_.end() || (left != a.ranges_.end() && *left < *right);
        append(sum.ranges_, take_left ? *left++ : *right++);
    }
    return sum;
}

number_ranges number_ranges::intersect(const number_ranges& a, const number_ranges& b) {
    number_ranges common;
    auto left = a.ranges_.begin();
    auto right = b.ranges_.begin();
    while (left != a.ranges_.end() && right != b.ranges_.end()) {
        const number_range both{std::max(left->first, right->first), std::min(left->last, right->last)};
        if (both.first <= both.last)
            common.ranges_.push_back(both);
        if (left->last < right->last)
            ++left;
        else
            ++right;
    }
    return common;
}

number_ranges number_ranges::subtract(const number_ranges& a, const number_ranges& b) {
    number_ranges rest;
    auto hole = b.ranges_.begin();
    for (number_range range : a.ranges_) {
        while (hole != b.ranges_.end() && hole->last < range.first)
            ++hole;
        bool some_left = true;
        for (auto next = hole; next != b.ranges_.end() && next->first <= range.last; ++next) {
            if (next->first > range.first)
                rest.ranges_.push_back({range.first, next->first - 1});
            if (next->last >= range.last) {
                some_left = false;
                break;
            }
            range.first = next->last + 1;
            hole = next;
        }
        if (some_left)
            rest.ranges_.push_back(range);
    }
    return rest;
}

std::vector<number_ranges> number_ranges::chunks_by_length(std::size_t octets) const {
    std::vector<number_ranges> chunks;
    std::string written;
    std::size_t length = 0;
    for (const number_range& range : ranges_) {
        written.clear();
        append_range(written, range);
        if (chunks.empty() || length + 1 + written.size() > octets) {
            chunks.emplace_back();
            length = written.size();
        } else {
            length += 1 + written.size();
        }
        chunks.back().ranges_.push_back(range);
    }
    return chunks;
}

std::vector<number_ranges> number_ranges::chunks_by_count(std::uint64_t numbers) const {
    numbers = std::max<std::uint64_t>(numbers, 1);
    std::vector<number_ranges> chunks;
    std::uint64_t room = 0;
    for (number_range range : ranges_) {
        // `first:*` is cut nowhere: how many numbers it stands for is the server's to know.
        while (range.last != star && range.count() > room) {
            if (room > 0) {
                const auto end = static_cast<std::uint32_t>(range.first + (room - 1));
                chunks.back().ranges_.push_back({range.first, end});
                range.first = end + 1;
            }
            chunks.emplace_back();
            room = numbers;
        }
        if (range.last == star && room == 0)
            chunks.emplace_back();
        chunks.back().ranges_.push_back(range);
        room = range.last == star ? 0 : room - range.count();
    }
    return chunks;
}

std::string number_ranges::to_string() const {
    std::string text;
    for (const number_range& range : ranges_) {
        if (!text.empty())
            text += ',';
        append_range(text, range);
    }
    return text;
}

result<number_ranges> number_ranges::parse(std::string_view text, std::size_t most_ranges) {
    std::vector<number_range> ranges;
    for (;;) {
        const auto first = take_number(text);
        if (!first)
            return first.error();
        number_range range{*first, *first};
        if (!text.empty() && text.front() == ':') {
            text.remove_prefix(1);
            const auto last = take_number(text);
            if (!last)
                return last.error();
            range.last = *last;
        }
        if (ranges.size() == most_ranges)
            return errc::list_too_long;
        ranges.push_back(range);
        if (text.empty())
            return number_ranges(std::move(ranges));
        if (text.front() != ',')
            return errc::invalid_argument;
        text.remove_prefix(1);
    }
}

std::uint64_t range_list::count() const noexcept {
    std::uint64_t sum = 0;
    for (const number_range& range : *this)
        sum += range.count();
    return sum;
}

bool range_list::contains(std::uint32_t number) const noexcept {
    return std::any_of(begin(), end(), [number](const number_range& range) {
        return range.first <= number && number <= range.last;
    });
}

uid_set range_list::uids() const {
    return uid_set(number_ranges(std::vector<number_range>(begin(), end())));
}

sequence_set range_list::sequence_numbers() const {
    return sequence_set(number_ranges(std::vector<number_range>(begin(), end())));
}

bool operator==(const range_list& a, const range_list& b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

void describe(value_sink& sink, const number_ranges& set) {
    sink.string(set.to_string());
}

void describe(value_sink& sink, const range_list& set) {
    // In the server's order, not sorted: the ranges of COPYUID correspond by their places.
    std::string text;
    for (const number_range& range : set) {
        if (!text.empty())
            text += ',';
        // A server knows no `*`: its largest number is a number.
        text += std::to_string(range.first);
        if (range.last != range.first)
            text.append(":").append(std::to_string(range.last));
    }
    sink.string(text);
}

} // namespace coimap
