#pragma once
// The name of a mailbox as an argument: UTF-8 for the program, whatever the session speaks on the wire.

#include "coimap/core/result.hpp"

#include <string>
#include <string_view>

namespace coimap {

/// Constructible from UTF-8 text, which is encoded when it is written: as modified UTF-7 (RFC 3501
/// section 5.1.3), or as it is once UTF8=ACCEPT or IMAP4rev2 is enabled. INBOX in any case is INBOX. What
/// cannot be written (control characters, invalid UTF-8) is refused by the writer before anything is sent.
class mailbox_name {
public:
    mailbox_name() = default;
    mailbox_name(std::string_view utf8);
    mailbox_name(const char* utf8) : mailbox_name(std::string_view(utf8)) {}
    mailbox_name(const std::string& utf8) : mailbox_name(std::string_view(utf8)) {}

    /// A name with the very octets that a server sent, for names that are no valid modified UTF-7.
    static mailbox_name from_wire(std::string_view octets);

    const std::string& text() const noexcept { return text_; }
    bool is_wire() const noexcept { return wire_; }
    bool is_inbox() const noexcept { return text_ == "INBOX"; }

    /// The octets to send, not yet quoted. errc::invalid_argument for what cannot be sent.
    result<std::string> encode(bool utf8_names) const;

    friend bool operator==(const mailbox_name&, const mailbox_name&) = default;

private:
    std::string text_;
    bool wire_ = false;
};

} // namespace coimap
