#pragma once
// What is known of the selected mailbox, kept right under EXISTS, EXPUNGE, VANISHED and FETCH.

#include "coimap/core/limits.hpp"
#include "coimap/session/event.hpp"
#include "coimap/session/uid_map.hpp"
#include "coimap/wire/response.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coimap {

class mailbox_view {
public:
    /// Takes over what an untagged response says of the mailbox. The event for the application, where there
    /// is one. A number that points outside the mailbox is an events::protocol_defect and changes nothing.
    std::optional<event> apply(const wire::response& response);

    /// The event that a FETCH response is which no command has claimed; it was applied before.
    std::optional<event> news_of(const wire::response& response) const;

    std::uint32_t exists() const noexcept { return exists_; }
    std::uint32_t recent() const noexcept { return recent_; }
    std::uint32_t uid_validity() const noexcept { return uid_validity_; }
    std::uint32_t uid_next() const noexcept { return uid_next_; }
    std::uint64_t highest_modseq() const noexcept { return highest_modseq_; }
    bool read_only() const noexcept { return read_only_; }

    /// UIDs of sequence numbers, as far as they are known.
    const uid_map& uids() const noexcept { return uids_; }

    void set_read_only(bool read_only) noexcept { read_only_ = read_only; }

private:
    std::optional<event> apply_status(const wire::response& response);

    std::uint32_t exists_ = 0;
    std::uint32_t recent_ = 0;
    std::uint32_t uid_validity_ = 0;
    std::uint32_t uid_next_ = 0;
    std::uint64_t highest_modseq_ = 0;
    bool read_only_ = false;
    uid_map uids_;
};

} // namespace coimap
