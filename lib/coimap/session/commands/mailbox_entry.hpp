#pragma once
// What LIST and LSUB tell of one mailbox, owned.

#include "coimap/session/commands/status_items.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coimap {

struct list_data;

struct mailbox_entry {
    mailbox_name name;
    std::vector<std::string> attributes; ///< as sent: `\HasNoChildren`, `\Sent`
    std::optional<char> delimiter;       ///< of the hierarchy; nothing for a flat name
    std::vector<std::string>
        child_info; ///< why it is listed though it does not match itself (RFC 5258): "SUBSCRIBED"
    std::optional<mailbox_name> old_name; ///< RFC 9051 section 6.3.9.7
    std::optional<status_values> status;  ///< when it was asked for; not of mailboxes that cannot be selected

    bool has(std::string_view attribute) const noexcept; ///< without case

    /// Neither \Noselect nor \NonExistent, of which some servers send only the one.
    bool selectable() const noexcept { return !has("\\Noselect") && !has("\\NonExistent"); }

    friend bool operator==(const mailbox_entry&, const mailbox_entry&) = default;
};

namespace commands {

/// `utf8_names`: names are UTF-8 on the wire. A name that would not be written as the server sent it keeps
/// the server's octets.
mailbox_entry make_mailbox_entry(const list_data& data, bool utf8_names);

} // namespace commands
} // namespace coimap
