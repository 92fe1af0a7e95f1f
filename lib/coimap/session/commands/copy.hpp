#pragma once
// COPY and UID COPY (RFC 9051 sections 6.4.7 and 6.4.9).
//
//   sends   [UID ]COPY set mailbox
//   yields  copy_result, when the server tells (UIDPLUS, IMAP4rev2)
//   errors  errc::invalid_argument for no message and for a name that cannot be sent; from the server NO
//           [TRYCREATE]

#include "coimap/session/commands/selected_messages.hpp"

#include <optional>
#include <vector>

namespace coimap {

namespace wire {
struct response_code;
}

/// Where copied messages are now. Source and destination correspond one to one in this order, which need not
/// be ascending; neither is expanded.
struct copy_result {
    std::uint32_t uid_validity = 0; ///< of the destination
    std::vector<number_range> source;
    std::vector<number_range> destination;

    /// The copy's UID, by the UID of the source.
    std::optional<std::uint32_t> copy_of(std::uint32_t source_uid) const noexcept;
    uid_set source_uids() const { return uid_set(number_ranges(source)); }
    uid_set destination_uids() const { return uid_set(number_ranges(destination)); }

    friend bool operator==(const copy_result&, const copy_result&) = default;
};

namespace commands {

class copy_command : public command_of<std::optional<copy_result>> {
public:
    copy_command(message_set messages, mailbox_name mailbox)
        : messages_(std::move(messages)), mailbox_(std::move(mailbox)) {}

    std::string_view name() const noexcept override { return messages_.by_uid() ? "UID COPY" : "COPY"; }

    /// EXPUNGE may come during COPY, so that no command by number can follow at once (COPY + COPY is the
    /// RFC's own example).
    pipelining_traits traits() const noexcept override { return {effect_of(messages_.by_uid(), false), {}}; }

    std::error_code write(wire::command_writer& out, const session_context& context) override;
    std::error_code on_tagged(const wire::status_response& state, session_context& context) override;
    std::optional<copy_result> take_result() override { return std::move(result_); }

protected:
    /// COPYUID; false for another code, and for one whose sides do not correspond.
    bool take_code(const wire::response_code& code);

    message_set messages_;

private:
    mailbox_name mailbox_;
    std::optional<copy_result> result_;
};

} // namespace commands
} // namespace coimap
