#include "coimap/session/in_flight.hpp"

#include "coimap/core/number.hpp"
#include "coimap/core/secret.hpp"

#include <bit>

namespace coimap {

command_entry& in_flight_table::append(std::shared_ptr<coimap::command> what, bool changes_session) {
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
    if (entries_.empty() || id < entries_.front().id || id >= next_id_)
        return nullptr;
    command_entry& entry = entries_[static_cast<std::size_t>(id - entries_.front().id)];
    return entry.at == command_entry::stage::done ? nullptr : &entry;
}

command_entry* in_flight_table::find(std::string_view tag) noexcept {
    if (tag.size() <= prefix_.size() || !tag.starts_with(prefix_))
        return nullptr;
    const auto id = parse_number(tag.substr(prefix_.size()));
    // Exactly as it was sent: nothing else is an answer.
    return id && tag == this->tag(command_id{*id}) ? find(command_id{*id}) : nullptr;
}

command_entry* in_flight_table::next_queued() noexcept {
    while (started_ < entries_.size() && entries_[started_].at != command_entry::stage::queued)
        ++started_;
    return started_ < entries_.size() ? &entries_[started_] : nullptr;
}

bool in_flight_table::may_start(const command_entry& entry) const noexcept {
    if (under_way_ == 0)
        return true;
    for (std::uint64_t left = effects_; left != 0; left &= left - 1) {
        const int bits = std::countr_zero(left);
        const pipelining_traits earlier{static_cast<command_effect>(bits), {}};
        if (!may_overlap(earlier, entry.traits))
            return false;
    }
    if (entry.traits.family.empty())
        return true;
    std::size_t relatives = 0;
    for (const command_entry& earlier : entries_) {
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
    const auto bits = static_cast<std::size_t>(entry.traits.effect) % by_effect_.size();
    ++by_effect_[bits];
    effects_ |= std::uint64_t{1} << bits;
}

void in_flight_table::finish(command_entry& entry) noexcept {
    if (entry.under_way()) {
        --under_way_;
        const auto bits = static_cast<std::size_t>(entry.traits.effect) % by_effect_.size();
        if (--by_effect_[bits] == 0)
            effects_ &= ~(std::uint64_t{1} << bits);
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
    while (!entries_.empty() && entries_.front().at == command_entry::stage::done) {
        entries_.pop_front();
        if (started_ > 0)
            --started_;
    }
}

} // namespace coimap
