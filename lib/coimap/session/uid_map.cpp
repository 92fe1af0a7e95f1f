#include "coimap/session/uid_map.hpp"

#include <algorithm>

namespace coimap {

std::size_t uid_map::find(std::uint32_t sequence_number) const noexcept {
    const auto position = std::partition_point(runs_.begin(), runs_.end(), [=](const run& each) {
        return std::uint64_t{each.number} + each.length <= sequence_number;
    });
    return static_cast<std::size_t>(position - runs_.begin());
}

std::optional<std::uint32_t> uid_map::uid_of(std::uint32_t sequence_number) const noexcept {
    const std::size_t index = find(sequence_number);
    if (index == runs_.size() || runs_[index].number > sequence_number)
        return std::nullopt;
    return runs_[index].uid + (sequence_number - runs_[index].number);
}

std::optional<std::uint32_t> uid_map::number_of(std::uint32_t uid) const noexcept {
    // UIDs ascend with sequence numbers (RFC 9051 section 2.3.1.1).
    const auto position = std::partition_point(runs_.begin(), runs_.end(), [=](const run& each) {
        return std::uint64_t{each.uid} + each.length <= uid;
    });
    if (position == runs_.end() || position->uid > uid)
        return std::nullopt;
    return position->number + (uid - position->uid);
}

void uid_map::forget(std::uint32_t sequence_number) {
    const std::size_t index = find(sequence_number);
    if (index == runs_.size() || runs_[index].number > sequence_number)
        return;
    run& hit = runs_[index];
    const std::uint32_t before = sequence_number - hit.number;
    const std::uint32_t behind = hit.length - before - 1;
    const run rest{sequence_number + 1, hit.uid + before + 1, behind};
    if (before == 0 && behind == 0) {
        runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(index));
    } else if (before == 0) {
        hit = rest;
    } else {
        hit.length = before;
        if (behind != 0)
            runs_.insert(runs_.begin() + static_cast<std::ptrdiff_t>(index) + 1, rest);
    }
}

void uid_map::learn(std::uint32_t sequence_number, std::uint32_t uid) {
    if (sequence_number == 0 || uid == 0)
        return;
    if (!runs_.empty()) {
        // The usual case: the answers to a FETCH in ascending order.
        run& last = runs_.back();
        if (last.number + last.length == sequence_number && last.uid + last.length == uid) {
            ++last.length;
            return;
        }
    }
    const auto known = uid_of(sequence_number);
    if (known == uid)
        return;
    if (known)
        forget(sequence_number);
    const std::size_t index = find(sequence_number);
    if (index > 0) {
        run& before = runs_[index - 1];
        if (before.number + before.length == sequence_number && before.uid + before.length == uid) {
            ++before.length;
            return;
        }
    }
    if (index < runs_.size() && runs_[index].number == sequence_number + 1 && runs_[index].uid == uid + 1) {
        --runs_[index].number;
        --runs_[index].uid;
        ++runs_[index].length;
        return;
    }
    runs_.insert(runs_.begin() + static_cast<std::ptrdiff_t>(index), run{sequence_number, uid, 1});
}

std::optional<std::uint32_t> uid_map::expunge(std::uint32_t sequence_number) {
    const auto uid = uid_of(sequence_number);
    if (uid)
        forget(sequence_number);
    for (std::size_t index = find(sequence_number); index < runs_.size(); ++index)
        --runs_[index].number;
    return uid;
}

void uid_map::truncate(std::uint32_t first_unknown) {
    const std::size_t index = find(first_unknown);
    if (index < runs_.size() && runs_[index].number < first_unknown) {
        runs_[index].length = first_unknown - runs_[index].number;
        runs_.resize(index + 1);
    } else {
        runs_.resize(index);
    }
}

} // namespace coimap
