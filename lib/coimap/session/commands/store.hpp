#pragma once
// STORE and UID STORE (RFC 9051 sections 6.4.6 and 6.4.9) with UNCHANGEDSINCE (RFC 7162 section 3.1.3).
//
//   sends   [UID ]STORE set [(UNCHANGEDSINCE n)] [+|-]FLAGS[.SILENT] (flags)
//   yields  store_result: what the server told of the messages, and which were not changed since they had
//           been changed meanwhile
//   claims  FETCH responses with FLAGS or MODSEQ and nothing larger for its messages. Those with FLAGS are
//           events, too: a watcher has to know of the change, whoever made it, and with silent() the server
//           sends flags only where they are not what this command would make a client think.
//   errors  errc::invalid_argument for no message; errc::not_supported for unchanged_since() without
//           CONDSTORE

#include "coimap/session/commands/selected_messages.hpp"
#include "coimap/wire/responses/fetch.hpp"

#include <optional>
#include <vector>

namespace coimap {

enum class store_mode : std::uint8_t { add, remove, replace };

class store_options {
public:
    store_options() = default;

    /// The server need not answer with the new flags.
    store_options& silent(bool yes = true) {
        silent_ = yes;
        return *this;
    }

    /// Messages with a larger mod-sequence stay as they are, and are named in store_result::modified.
    store_options& unchanged_since(std::uint64_t modseq) {
        unchanged_since_ = modseq;
        return *this;
    }

    bool is_silent() const noexcept { return silent_; }
    const std::optional<std::uint64_t>& unchanged_since() const noexcept { return unchanged_since_; }

private:
    bool silent_ = false;
    std::optional<std::uint64_t> unchanged_since_;
};

struct store_result {
    number_ranges modified; ///< of the kind that the command named its messages by; see modified_uids()
    std::vector<message> updated;
    bool by_uid = false;

    uid_set modified_uids() const { return by_uid ? uid_set(modified) : uid_set(); }
    sequence_set modified_numbers() const { return by_uid ? sequence_set() : sequence_set(modified); }
};

namespace commands {

class store_command : public command_of<store_result>, public selected_messages {
public:
    store_command(message_set messages, store_mode mode, flag_set flags,
                  store_options options = store_options())
        : selected_messages(std::move(messages)), mode_(mode), flags_(std::move(flags)), options_(options) {}

    std::string_view name() const noexcept override { return messages_.by_uid() ? "UID STORE" : "STORE"; }

    /// Of FETCH's family: both are answered with FETCH.
    pipelining_traits traits() const noexcept override {
        return {effect_of(messages_.by_uid(), true), "FETCH"};
    }

    /// With a FETCH or STORE of other messages.
    bool overlaps_safely(const command& earlier) const noexcept override { return is_apart_from(earlier); }

    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
    std::error_code on_tagged(const wire::status_response& state, session_context& context) override;
    void on_abandoned() noexcept override;
    store_result take_result() override { return std::move(result_); }

private:
    store_mode mode_;
    flag_set flags_;
    store_options options_;
    store_result result_;
    bool abandoned_ = false;
};

} // namespace commands
} // namespace coimap
