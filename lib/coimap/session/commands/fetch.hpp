#pragma once
// FETCH and UID FETCH (RFC 9051 sections 6.4.5 and 6.4.9) with CHANGEDSINCE and VANISHED (RFC 7162 sections
// 3.1.4.1 and 3.2.6).
//
//   sends   [UID ]FETCH set (items) [(CHANGEDSINCE n [VANISHED])]; macros are spelled out, since Gmail
//           refuses them
//   yields  a message for each FETCH response that is its own, in the server's order
//   claims  a FETCH response that names one of the messages (by UID for UID FETCH) and holds an item that
//           was asked for; UID, FLAGS and MODSEQ count only when nothing else was asked for, since a server
//           sends those unasked. Flags that come along unasked (a body was fetched and \Seen is set) are
//           shown to watchers, too. A response with a defect in it is taken as well: what could not be read
//           may be what was asked for. Other responses are not its own.
//   errors  errc::invalid_argument for no message (last(n) of an empty mailbox, too) and for no item;
//           errc::not_supported for items and modifiers that the server does not have; errc::bad_state for
//           vanished() before QRESYNC is enabled, or without changed_since() or UIDs. Note NO "some of the
//           messages no longer exist" after partial data: what came was given to on_message().
//
// A server may tell of one message in several responses; each is a message of the result.

#include "coimap/model/fetch_items.hpp"
#include "coimap/session/commands/selected_messages.hpp"
#include "coimap/wire/responses/fetch.hpp"

#include <optional>
#include <vector>

namespace coimap {

class fetch_options {
public:
    fetch_options() = default;

    /// Only messages whose mod-sequence is larger: needs CONDSTORE.
    fetch_options& changed_since(std::uint64_t modseq) {
        changed_since_ = modseq;
        return *this;
    }

    /// And which of the messages are gone since then: needs QRESYNC enabled, UIDs, and changed_since().
    fetch_options& vanished(bool yes = true) {
        vanished_ = yes;
        return *this;
    }

    const std::optional<std::uint64_t>& changed_since() const noexcept { return changed_since_; }
    bool wants_vanished() const noexcept { return vanished_; }

private:
    std::optional<std::uint64_t> changed_since_;
    bool vanished_ = false;
};

namespace commands {

class fetch_command : public command_of<std::vector<message>>, public selected_messages {
public:
    fetch_command(message_set messages, fetch_items items, fetch_options options = fetch_options())
        : selected_messages(std::move(messages)), items_(std::move(items)), options_(options) {}

    std::string_view name() const noexcept override { return messages_.by_uid() ? "UID FETCH" : "FETCH"; }
    pipelining_traits traits() const noexcept override {
        return {effect_of(messages_.by_uid(), true), "FETCH"};
    }

    /// With a FETCH or STORE of other messages.
    bool overlaps_safely(const command& earlier) const noexcept override { return is_apart_from(earlier); }

    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
    void on_abandoned() noexcept override;
    std::vector<message> take_result() override { return std::move(collected_); }

    /// UIDs that VANISHED (EARLIER) told of.
    const uid_set& vanished() const noexcept { return vanished_; }

    /// Whether the response is this command's own.
    bool owns(const fetch_data& data, bool has_defects, const session_context& context) const noexcept;

protected:
    /// A message has come, from so many octets. The default collects it for the result; a stream hands it on
    /// instead.
    virtual void on_message(message one, std::size_t octets) {
        (void)octets;
        collected_.push_back(std::move(one));
    }

private:
    std::error_code check(const session_context& context) const;
    bool holds_requested_item(const fetch_data& data) const noexcept;

    fetch_items items_;
    fetch_options options_;
    std::vector<message> collected_;
    uid_set vanished_;
    bool abandoned_ = false;
};

} // namespace commands
} // namespace coimap
