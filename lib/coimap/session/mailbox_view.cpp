#include "coimap/session/mailbox_view.hpp"

#include "coimap/wire/codes/numbers.hpp"
#include "coimap/wire/responses/fetch.hpp"
#include "coimap/wire/responses/flags.hpp"
#include "coimap/wire/responses/mailbox_size.hpp"
#include "coimap/wire/responses/vanished.hpp"

#include <algorithm>

namespace coimap {
namespace {

std::vector<std::string> copy(const flag_list& flags) {
    return {flags.begin(), flags.end()};
}

event out_of_range(const wire::response& response) {
    return events::protocol_defect{"a message number outside the mailbox", std::string(response.bytes)};
}

} // namespace

std::optional<event> mailbox_view::apply(const wire::response& response) {
    if (response.type == wire::response::kind::status)
        return apply_status(response);
    if (const auto* data = response.as<fetch_data>()) {
        if (data->sequence_number == 0)
            return out_of_range(response);
        // A message beyond the end is one whose EXISTS is still to come: legal for no server, harmless to us.
        if (data->uid && data->sequence_number <= exists_)
            uids_.learn(data->sequence_number, *data->uid);
        if (data->modseq)
            highest_modseq_ = std::max(highest_modseq_, *data->modseq);
        return std::nullopt;
    }
    if (const auto* data = response.as<exists_data>()) {
        const events::exists change{data->count, exists_};
        if (data->count < exists_)
            uids_.truncate(data->count + 1);
        exists_ = data->count;
        return change;
    }
    if (const auto* data = response.as<recent_data>()) {
        recent_ = data->count;
        return events::recent{data->count};
    }
    if (const auto* data = response.as<expunge_data>()) {
        if (data->sequence_number == 0 || data->sequence_number > exists_)
            return out_of_range(response);
        --exists_;
        return events::expunged{data->sequence_number, uids_.expunge(data->sequence_number)};
    }
    if (const auto* data = response.as<vanished_data>()) {
        events::vanished change{data->uids.uids(), data->earlier};
        if (!data->earlier) {
            // Only UIDs that are in the mailbox can vanish from it, so the count bounds the loss.
            exists_ -= static_cast<std::uint32_t>(std::min<std::uint64_t>(exists_, change.uids.count()));
            // Sequence numbers shift by messages whose place is not told: only what lies before the first is
            // sure.
            if (!change.uids.empty()) {
                const auto number = uids_.number_of(change.uids.min());
                if (change.uids.count() == 1 && number)
                    uids_.expunge(*number);
                else
                    uids_.truncate(number.value_or(1));
            }
        }
        return change;
    }
    if (const auto* data = response.as<flags_data>())
        return events::mailbox_flags{copy(data->flags)};
    return std::nullopt;
}

std::optional<event> mailbox_view::news_of(const wire::response& response) const {
    const auto* told = response.as<fetch_data>();
    if (told == nullptr || !told->flags)
        return std::nullopt;
    const fetch_data& data = *told;
    std::optional<std::uint32_t> uid = data.uid;
    if (!uid)
        uid = uids_.uid_of(data.sequence_number);
    return events::flags_changed{data.sequence_number, uid, copy(*data.flags), data.modseq};
}

std::optional<event> mailbox_view::apply_status(const wire::response& response) {
    const wire::response_code& code = response.state.code;
    if (code.is("READ-ONLY") || code.is("READ-WRITE")) {
        const bool read_only = code.is("READ-ONLY");
        const bool changed = read_only != read_only_;
        read_only_ = read_only;
        if (changed)
            return events::mode_changed{read_only};
    } else if (const auto* next = code.as<uid_next_code>()) {
        uid_next_ = next->value;
    } else if (const auto* validity = code.as<uid_validity_code>()) {
        uid_validity_ = validity->value;
    } else if (const auto* modseq = code.as<highest_modseq_code>()) {
        highest_modseq_ = modseq->value;
    }
    return std::nullopt;
}

} // namespace coimap
