#pragma once
// Commands that name messages of the selected mailbox share how the set is written, what that forbids
// around them, and which messages of a FETCH response are theirs.

#include "coimap/session/command.hpp"

namespace coimap {

struct fetch_data;

namespace commands {

/// Names messages that FETCH responses tell of: FETCH and STORE.
class selected_messages {
public:
    virtual ~selected_messages() = default;

    const message_set& messages() const noexcept { return messages_; }

protected:
    explicit selected_messages(message_set messages) : messages_(std::move(messages)) {}

    /// `last(n)` becomes numbers. errc::invalid_argument when no message is left, errc::not_supported for `$`
    /// without SEARCHRES.
    std::error_code resolve(const session_context& context);

    /// Whether the response tells of one of these messages. A UID command's answers carry the UID (RFC 9051
    /// section 6.4.9); `*` is the last message.
    bool names(const fetch_data& data, const session_context& context) const noexcept;

    /// Whether the other is of this family and has no message in common with this.
    bool is_apart_from(const command& earlier) const noexcept;

    message_set messages_;
};

/// The same check for commands that FETCH responses do not answer.
std::error_code resolve_messages(message_set& messages, const session_context& context);

/// The effect of a command that names messages (RFC 9051 section 5.5): by UID it depends on no numbers, but
/// EXPUNGE may come meanwhile; by sequence number it does, and with FETCH, STORE and SEARCH the server holds
/// EXPUNGE back.
constexpr command_effect effect_of(bool by_uid, bool holds_expunge_back) noexcept {
    if (by_uid)
        return command_effect::needs_selected;
    const auto numbers = command_effect::needs_selected | command_effect::uses_numbers;
    return holds_expunge_back ? numbers | command_effect::forbids_expunge : numbers;
}

} // namespace commands
} // namespace coimap
