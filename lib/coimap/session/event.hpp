#pragma once
// What the server tells without being asked, as values of the application's own: they hold their text and
// stay valid for ever. They come in the order of the server's responses.

#include "coimap/core/error.hpp"
#include "coimap/model/number_set.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace coimap {

namespace events {

/// The mailbox has `count` messages now; `count` minus `previous` are new (EXISTS).
struct exists {
    std::uint32_t count = 0;
    std::uint32_t previous = 0;
};

/// From here on the events are of another mailbox, or of none: the answer to SELECT, CLOSE or their like has
/// come. `name` in UTF-8; empty when no mailbox is selected any more. Not for the first that a connection
/// selects: before it events are of no mailbox.
struct selection_changed {
    std::string name;
    std::uint32_t uid_validity = 0; ///< 0 where the server did not say
    std::uint32_t exists = 0;
};

/// So many messages are recent (RECENT, RFC 3501 only).
struct recent {
    std::uint32_t count = 0;
};

/// A message is gone (EXPUNGE); later ones have moved down by one. `uid` where it was known.
struct expunged {
    std::uint32_t sequence_number = 0;
    std::optional<std::uint32_t> uid;
};

/// These messages are gone (VANISHED, RFC 7162).
struct vanished {
    uid_set uids;
    bool earlier = false; ///< before this session saw them: the count of messages does not change
};

/// A message's flags as they are now (an unasked FETCH). `uid` where it is known.
struct flags_changed {
    std::uint32_t sequence_number = 0;
    std::optional<std::uint32_t> uid;
    std::vector<std::string> flags;
    std::optional<std::uint64_t> modseq;
};

/// The selected mailbox became read-only or read-write.
struct mode_changed {
    bool read_only = false;
};

/// The flags that the mailbox has (FLAGS).
struct mailbox_flags {
    std::vector<std::string> flags;
};

/// Text that the server wants shown to a person (ALERT). `authenticated` is false when it came without TLS:
/// then anybody on the way may have written it.
struct alert {
    std::string text;
    bool authenticated = false;
};

/// Other text of an untagged OK, NO or BAD, with its response code.
struct notice {
    std::string status; ///< "OK", "NO", "BAD"
    std::string code;   ///< name and arguments as sent, or empty
    std::string text;
};

/// The server is closing the connection (BYE).
struct bye {
    std::string code;
    std::string text;
};

/// The capabilities were told anew, as most servers do with the answer to the login: then it is the first
/// event.
struct capabilities_changed {};

/// Something about another mailbox that nobody asked for (STATUS, LIST), or a response that the library does
/// not know: its octets.
struct other_data {
    std::string name;
    std::string bytes;
};

/// A response that makes no sense here: a tag that was never issued, a `+` that nobody awaits, a message
/// number that is out of range, bytes that are no response.
struct protocol_defect {
    std::string what;
    std::string bytes;
};

/// So many events were dropped, since the application did not take them: what is known of the mailbox should
/// be fetched again. It stands where they would have stood.
struct events_lost {
    std::uint64_t count = 0;
};

/// The connection ended; nothing follows.
struct closed {
    std::error_code reason;
};

} // namespace events

using event =
    std::variant<events::exists, events::selection_changed, events::recent, events::expunged,
                 events::vanished, events::flags_changed, events::mode_changed, events::mailbox_flags,
                 events::alert, events::notice, events::bye, events::capabilities_changed, events::other_data,
                 events::protocol_defect, events::events_lost, events::closed>;

/// Takes events one by one, in their order.
using event_handler = std::function<void(const event&)>;

/// For visiting: `std::visit(overloaded{[](const events::exists& e) {...}, [](const auto&) {}}, event)`.
template<class... Functions>
struct overloaded : Functions... {
    using Functions::operator()...;
};
template<class... Functions>
overloaded(Functions...) -> overloaded<Functions...>;

} // namespace coimap
