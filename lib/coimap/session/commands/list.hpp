#pragma once
// LIST (RFC 9051 section 6.3.9): which mailboxes there are. Extended by LIST-EXTENDED (RFC 5258),
// SPECIAL-USE (RFC 6154) and LIST-STATUS (RFC 5819).
//
//   sends     LIST reference pattern; with options
//             LIST (SUBSCRIBED) "" (pattern ...) RETURN (CHILDREN STATUS (...))
//   yields    a mailbox_entry for each LIST response, with the STATUS response of the same mailbox merged
//             into it
//   fallback  plain LIST when there are no options and only one pattern; every server answers that
//   errors    errc::not_supported for an option that the server does not have; errc::invalid_argument for no
//             pattern, and for recursive_match() without a selection that it could apply to

#include "coimap/session/commands/mailbox_entry.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace coimap {

class list_options {
public:
    list_options() = default;

    // Which mailboxes are listed.
    list_options& subscribed(bool yes = true) { return set(select_subscribed, yes); }
    list_options& remote(bool yes = true) { return set(select_remote, yes); }
    list_options& recursive_match(bool yes = true) { return set(select_recursive, yes); }
    list_options& special_use(bool yes = true) { return set(select_special_use, yes); }

    // What is told of each.
    list_options& return_subscribed(bool yes = true) { return set(tell_subscribed, yes); }
    list_options& return_children(bool yes = true) { return set(tell_children, yes); }
    list_options& return_special_use(bool yes = true) { return set(tell_special_use, yes); }
    list_options& return_status(status_items items) {
        status_ = items;
        return *this;
    }

    bool empty() const noexcept { return bits_ == 0 && status_.empty(); }
    status_items status() const noexcept { return status_; }

    enum bit : std::uint8_t {
        select_subscribed = 1,
        select_remote = 2,
        select_recursive = 4,
        select_special_use = 8,
        tell_subscribed = 16,
        tell_children = 32,
        tell_special_use = 64,
    };
    bool has(bit one) const noexcept { return (bits_ & one) != 0; }

private:
    list_options& set(bit one, bool yes) {
        bits_ = static_cast<std::uint8_t>(yes ? bits_ | one : bits_ & ~one);
        return *this;
    }

    std::uint8_t bits_ = 0;
    status_items status_;
};

namespace commands {

class list_command : public command_of<std::vector<mailbox_entry>> {
public:
    list_command(mailbox_name reference, std::vector<std::string> patterns,
                 list_options options = list_options())
        : reference_(std::move(reference)), patterns_(std::move(patterns)), options_(options) {}

    /// One pattern, in UTF-8, with `%` and `*`.
    list_command(mailbox_name reference, std::string pattern, list_options options = list_options())
        : list_command(std::move(reference), std::vector<std::string>(1, std::move(pattern)), options) {}

    std::string_view name() const noexcept override { return "LIST"; }
    pipelining_traits traits() const noexcept override {
        return {command_effect::needs_authenticated, "LIST"};
    }

    /// With a STATUS, when this LIST asks for none.
    bool overlaps_safely(const command& earlier) const noexcept override;

    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
    void on_abandoned() noexcept override;
    std::vector<mailbox_entry> take_result() override { return std::move(entries_); }

    bool asks_status() const noexcept { return !options_.status().empty(); }

private:
    std::error_code write_selection(wire::command_writer& out, const session_context& context) const;
    std::error_code write_return(wire::command_writer& out, const session_context& context) const;
    void add(const list_data& data, session_context& context);
    bool add_status(const status_data& data);

    mailbox_name reference_;
    std::vector<std::string> patterns_;
    list_options options_;
    std::vector<mailbox_entry> entries_;
    std::unordered_map<std::string, std::size_t> places_; ///< by the name as sent, when status is asked for
    bool abandoned_ = false;
};

} // namespace commands
} // namespace coimap
