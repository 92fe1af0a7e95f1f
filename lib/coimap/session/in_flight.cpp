#include "coimap/session/in_flight.hpp"

#include "coimap/core/number.hpp"
#include "coimap/core/secret.hpp"

#include <algorithm>

namespace coimap {

command_entry& in_flight_table::append(std::shared_ptr<coimap::command> what, bool changes_session) {
    if (dropped_ > entries_.size() / 2) {
        entries_.erase(entries_.begin(), begin());
        started_ -= std::min(started_, dropped_);
        dropped_ = 0;
    }
    command_entry& entry = entries_.emplace_back();
    entry.id = next_id_++;
    entry.command = std::move(what);
    entry.traits = entry.command->traits();
    entry.changes_session = changes_session;
    ++waiting_;
    changing_ += changes_session ? 1 : 0;
    return entry;
}

void command_entry::drop_octets() noexcept {
    if (octets.secret)
        wipe(octets.bytes);
    const bool secret = octets.secret;
    octets = {};
    octets.secret = secret;
}

command_entry* in_flight_table::find(command_id id) noexcept {
    if (begin() == end() || id < begin()->id || id >= next_id_)
        return nullptr;
    command_entry& entry = begin()[static_cast<std::ptrdiff_t>(id - begin()->id)];
    return entry.at == command_entry::stage::done ? nullptr : &entry;
}

command_entry* in_flight_table::find(std::string_view tag) noexcept {
    if (tag.size() <= prefix_.size() || !tag.starts_with(prefix_))
        return nullptr;
    const std::string_view digits = tag.substr(prefix_.size());
    // Exactly as it was sent: nothing else is an answer.
    const auto id = digits.front() == '0' ? std::nullopt : parse_number(digits);
    return id ? find(command_id{*id}) : nullptr;
}

command_entry* in_flight_table::next_queued() noexcept {
    started_ = std::max(started_, dropped_);
    while (started_ < entries_.size() && entries_[started_].at != command_entry::stage::queued)
        ++started_;
    return started_ < entries_.size() ? &entries_[started_] : nullptr;
}

bool in_flight_table::may_start(const command_entry& entry) const noexcept {
    if (under_way_ == 0)
        return true;
    for (std::size_t bits = 0; bits < by_effect_.size(); ++bits) {
        const pipelining_traits earlier{static_cast<command_effect>(bits), {}};
        if (by_effect_[bits] != 0 && !may_overlap(earlier, entry.traits))
            return false;
    }
    if (entry.traits.family.empty())
        return true;
    std::size_t relatives = 0;
    for (const command_entry& earlier : *this) {
        if (&earlier == &entry)
            break;
        if (!earlier.under_way() || earlier.traits.family != entry.traits.family)
            continue;
        if (++relatives == most_of_a_family || !entry.command->overlaps_safely(*earlier.command))
            return false;
    }
    return true;
}

void in_flight_table::start(command_entry& entry) noexcept {
    entry.at = command_entry::stage::sending;
    --waiting_;
    ++under_way_;
    ++by_effect_[static_cast<std::size_t>(entry.traits.effect) % overlap_effects];
}

void in_flight_table::finish(command_entry& entry) noexcept {
    if (entry.under_way()) {
        --under_way_;
        --by_effect_[static_cast<std::size_t>(entry.traits.effect) % overlap_effects];
    } else if (entry.at == command_entry::stage::queued) {
        --waiting_;
    }
    if (entry.changes_session)
        --changing_;
    entry.at = command_entry::stage::done;
    entry.command.reset();
    entry.completion.reset();
    entry.drop_octets();
    drop_done();
}

void in_flight_table::drop_done() noexcept {
    while (begin() != end() && begin()->at == command_entry::stage::done)
        ++dropped_;
    if (begin() != end())
        return;
    entries_.clear();
    if (entries_.capacity() > 1)
        entries_.shrink_to_fit();
    dropped_ = started_ = 0;
}

} // namespace coimap
