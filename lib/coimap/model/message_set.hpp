#pragma once
// Which messages a command is about: UIDs, sequence numbers, the last n, or the saved search result.

#include "coimap/model/number_set.hpp"

#include <cstdint>
#include <variant>

namespace coimap {

/// The last `count` messages of the mailbox, by position.
struct last_messages {
    std::uint32_t count = 1;
    friend bool operator==(const last_messages&, const last_messages&) = default;
};
inline last_messages last(std::uint32_t count) noexcept {
    return {count};
}

/// `$`: the result of the last SEARCH with RETURN (SAVE) (RFC 5182, RFC 9051 section 6.4.4.1).
struct saved_result {
    friend bool operator==(const saved_result&, const saved_result&) = default;
};

/// Constructible from each of them, so that one signature serves: a uid_set makes the command a UID command,
/// the others do not (`$` does, since UIDs are what programs keep).
class message_set {
public:
    message_set(uid_set uids) : value_(std::move(uids)) {}
    message_set(sequence_set numbers) : value_(std::move(numbers)) {}
    message_set(last_messages last) : value_(last) {}
    message_set(saved_result saved) : value_(saved) {}

    bool by_uid() const noexcept {
        return std::holds_alternative<uid_set>(value_) || std::holds_alternative<saved_result>(value_);
    }
    bool is_saved() const noexcept { return std::holds_alternative<saved_result>(value_); }

    /// Turns `last(n)` into sequence numbers, now that the number of messages is known.
    message_set resolve(std::uint32_t exists) const;

    /// Whether it names no message at all: nothing can be sent for it, and the answer is known.
    bool empty() const noexcept;

    /// The ranges; of `$` and of an unresolved `last(n)` none.
    const number_ranges& ranges() const noexcept;

    /// Whether the two may have a message in common; by different kinds of number always.
    bool may_overlap(const message_set& other) const noexcept;

    /// As written in a command.
    std::string to_string() const;

    friend bool operator==(const message_set&, const message_set&) = default;

private:
    std::variant<uid_set, sequence_set, last_messages, saved_result> value_;
};

} // namespace coimap
