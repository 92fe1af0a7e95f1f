#pragma once
// A blocking connection that speaks lines of IMAP: no parser, no state, no TLS. It prepares mailboxes for
// tests and looks at a server from outside, independently of the library that is being tested.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::test {

class raw_imap {
public:
    /// Connects to a port on 127.0.0.1 and reads the greeting. Throws std::runtime_error; so do all members.
    explicit raw_imap(unsigned short port, std::chrono::milliseconds timeout = std::chrono::seconds(30));
    ~raw_imap();
    raw_imap(const raw_imap&) = delete;
    raw_imap& operator=(const raw_imap&) = delete;

    const std::string& greeting() const noexcept { return greeting_; }

    void send(std::string_view bytes);

    /// The next line without its CRLF.
    std::string line();

    /// Sends a command under a tag of its own, without waiting, and returns the tag.
    std::string begin(std::string_view command);

    /// Reads up to the tagged answer, which is the last of the lines; literals stay in the line they belong
    /// to. Throws unless it is OK.
    std::vector<std::string> finish(std::string_view tag);

    std::vector<std::string> command(std::string_view text) { return finish(begin(text)); }
    void login(std::string_view user, std::string_view password = "secret");

private:
    std::size_t fill();
    std::string take(std::size_t size);

    int socket_ = -1;
    unsigned last_tag_ = 0;
    std::string received_;
    std::size_t consumed_ = 0;
    std::string greeting_;
};

/// One message for APPEND.
struct outgoing_message {
    std::string content;    ///< RFC 5322, lines ending in CRLF
    std::string flags = {}; ///< without parentheses: "\\Seen $Forwarded"
    std::string date = {};  ///< INTERNALDATE without quotes; empty: now
};

/// Puts a message into a mailbox over its own connection. Needs LITERAL+ (RFC 7888).
void append(unsigned short port, std::string_view user, std::string_view mailbox,
            const outgoing_message& message);

/// The text of an APPEND command's argument for the message, with its literal: " (flags) \"date\"
/// {n+}\r\n...".
std::string append_argument(const outgoing_message& message);

} // namespace coimap::test
