#pragma once
// SELECT (RFC 9051 section 6.3.2) with CONDSTORE and QRESYNC (RFC 7162 sections 3.1.8 and 3.2.5).
//
//   sends   SELECT mailbox [(CONDSTORE)], SELECT mailbox (QRESYNC (uid-validity modseq [uids]))
//   yields  select_result: what the server tells of the mailbox
//   errors  errc::not_supported for condstore(), when the server has neither CONDSTORE nor QRESYNC;
//           errc::bad_state for changed_since() before QRESYNC is enabled; errc::invalid_argument for a name
//           that cannot be sent, for a UIDVALIDITY or mod-sequence of 0, and for `*` among the UIDs

#include "coimap/model/number_set.hpp"
#include "coimap/session/command.hpp"

#include <optional>
#include <string>
#include <vector>

namespace coimap {

/// The flags of a message as they are now.
struct flag_change {
    std::uint32_t uid = 0;
    std::vector<std::string> flags;
    std::uint64_t modseq = 0; ///< 0: not told

    friend bool operator==(const flag_change&, const flag_change&) = default;
};

/// The selected mailbox as it was when it was selected; what changes later arrives as events.
struct select_result {
    std::uint32_t exists = 0;
    std::uint32_t recent = 0; ///< IMAP4rev1 only
    std::vector<std::string> flags;
    std::vector<std::string>
        permanent_flags;              ///< `\*` among them: new keywords can be made. All flags if not sent.
    std::uint32_t uid_validity = 0;   ///< 0: unknown; nothing may be cached
    std::uint32_t uid_next = 0;       ///< 0: unknown
    std::uint32_t unseen = 0;         ///< IMAP4rev1: number of the first unseen message; 0: none, or not told
    std::uint64_t highest_modseq = 0; ///< CONDSTORE; 0: none
    bool no_modseq = false;           ///< the mailbox keeps no mod-sequences
    bool read_only = false;

    // Since the moment that select_options::changed_since() names; nothing when UIDVALIDITY is another one.
    uid_set vanished;                 ///< maybe with UIDs in it that the client has never seen
    std::vector<flag_change> changed; ///< messages that are new, or whose flags have changed

    friend bool operator==(const select_result&, const select_result&) = default;
};

class select_options {
public:
    select_options() = default;

    /// Asks for mod-sequences: HIGHESTMODSEQ now, MODSEQ with every change of flags from now on.
    select_options& condstore(bool yes = true) {
        condstore_ = yes;
        return *this;
    }

    /// Asks what has happened since the mailbox had this mod-sequence, in the same round trip. QRESYNC must
    /// be enabled (ENABLE). `known`: only of these messages; empty: of all.
    select_options& changed_since(std::uint32_t uid_validity, std::uint64_t modseq,
                                  uid_set known = uid_set()) {
        since_ = {uid_validity, modseq, std::move(known)};
        return *this;
    }

    bool wants_condstore() const noexcept { return condstore_; }

    struct moment {
        std::uint32_t uid_validity = 0;
        std::uint64_t modseq = 0;
        uid_set known;
    };
    const std::optional<moment>& since() const noexcept { return since_; }

private:
    bool condstore_ = false;
    std::optional<moment> since_;
};

namespace commands {

class select_command : public command_of<select_result> {
public:
    explicit select_command(mailbox_name mailbox, select_options options = select_options())
        : select_command("SELECT", std::move(mailbox), std::move(options)) {}

    std::string_view name() const noexcept override { return name_; }

    /// Exclusive: EXISTS, FETCH and numbers of messages mean another mailbox afterwards, and untagged data
    /// does not say which it is about.
    pipelining_traits traits() const noexcept override {
        return {command_effect::exclusive | command_effect::needs_authenticated, {}};
    }

    coimap::transition transition() const noexcept override { return coimap::transition::selects; }
    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
    std::error_code on_tagged(const wire::status_response& state, session_context& context) override;
    select_result take_result() override { return std::move(result_); }

    std::string selected_name() const override { return mailbox_.text(); }

    const mailbox_name& mailbox() const noexcept { return mailbox_; }

protected:
    select_command(std::string_view name, mailbox_name mailbox, select_options options)
        : name_(name), mailbox_(std::move(mailbox)), options_(std::move(options)) {}

private:
    bool take_code(const wire::response_code& code);
    bool take_data(const wire::response& response);
    bool take_change(const wire::response& response);

    std::string_view name_;
    mailbox_name mailbox_;
    select_options options_;
    select_result result_;
    bool permanent_flags_told_ = false;
};

} // namespace commands
} // namespace coimap
