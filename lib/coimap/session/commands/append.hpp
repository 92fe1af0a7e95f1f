#pragma once
// APPEND (RFC 9051 section 6.3.12): puts a message into a mailbox.
//
//   sends   APPEND mailbox [(flags)] ["date-time"] literal; literal8 for a message with NUL in it, where
//           BINARY is offered
//   yields  append_result, when the server tells (UIDPLUS, IMAP4rev2)
//   errors  errc::message_too_large past the server's APPENDLIMIT (RFC 7889; nothing is sent);
//           errc::invalid_argument for an empty message, for NUL without BINARY, and for what cannot be
//           sent; from the server NO [TRYCREATE] when there is no such mailbox

#include "coimap/session/command.hpp"

#include <optional>
#include <string>

namespace coimap {

/// Where the message is now.
struct append_result {
    std::uint32_t uid_validity = 0;
    uid_set uids;

    friend bool operator==(const append_result&, const append_result&) = default;
};

class append_options {
public:
    append_options() = default;

    append_options& flags(flag_set flags) {
        flags_ = std::move(flags);
        return *this;
    }

    /// The internal date; without it the server takes the moment of the command.
    append_options& date(date_time moment) {
        date_ = moment;
        return *this;
    }

    const flag_set& flags() const noexcept { return flags_; }
    const std::optional<date_time>& date() const noexcept { return date_; }

private:
    flag_set flags_;
    std::optional<date_time> date_;
};

namespace commands {

class append_command : public command_of<std::optional<append_result>> {
public:
    append_command(mailbox_name mailbox, std::string message, append_options options = append_options())
        : mailbox_(std::move(mailbox)), message_(std::move(message)), options_(std::move(options)) {}

    std::string_view name() const noexcept override { return "APPEND"; }
    pipelining_traits traits() const noexcept override { return {command_effect::needs_authenticated, {}}; }
    std::error_code write(wire::command_writer& out, const session_context& context) override;
    std::error_code on_tagged(const wire::status_response& state, session_context& context) override;
    std::optional<append_result> take_result() override { return std::move(result_); }

protected:
    append_command(mailbox_name mailbox, append_options options)
        : mailbox_(std::move(mailbox)), options_(std::move(options)) {}

    /// Everything in front of the message, and the check of its size.
    std::error_code write_head(wire::command_writer& out, const session_context& context,
                               std::uint64_t size) const;

private:
    mailbox_name mailbox_;
    std::string message_;
    append_options options_;
    std::optional<append_result> result_;
};

/// The same for a message that the caller brings while it is sent: `size` octets, known beforehand, without
/// NUL.
class append_stream_command : public append_command {
public:
    append_stream_command(mailbox_name mailbox, std::uint64_t size, append_options options = append_options())
        : append_command(std::move(mailbox), std::move(options)), size_(size) {}

    std::error_code write(wire::command_writer& out, const session_context& context) override;

private:
    std::uint64_t size_;
};

} // namespace commands
} // namespace coimap
