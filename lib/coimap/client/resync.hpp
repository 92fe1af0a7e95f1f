#pragma once
// A mailbox as it is, against what was known of it on an earlier connection (RFC 7162, RFC 4549): one call,
// by the best way that the server has.

#include "coimap/client/client.hpp"

namespace coimap {

/// What a program keeps of a mailbox from one connection to the next.
struct mailbox_state {
    std::uint32_t uid_validity = 0;   ///< 0: nothing is known
    std::uint64_t highest_modseq = 0; ///< 0: the server has none
    uid_set uids;                     ///< the messages that are known

    friend bool operator==(const mailbox_state&, const mailbox_state&) = default;
};

/// How the changes were found out, the cheapest first.
enum class resync_way {
    qresync,    ///< the server told them with SELECT: one round trip, only what has changed
    condstore,  ///< flags that have changed since then, and the UIDs that are left
    comparison, ///< flags of all messages: `changed` holds all that were known
};

struct resync_result {
    coimap::mailbox mailbox; ///< selected
    mailbox_state now;       ///< to be kept instead of what was known, once the rest is taken over
    resync_way way = resync_way::comparison;
    bool all_new = false;             ///< UIDVALIDITY is another one: no UID that was known means anything
    uid_set vanished;                 ///< were known, and are gone
    std::vector<flag_change> changed; ///< were known
    std::vector<flag_change> fresh;   ///< were not known
};

/// Selects the mailbox and finds out what has happened since `known`. Enables QRESYNC where the server has it
/// (from then on messages go by VANISHED and not by EXPUNGE). Where what a server tells does not add up to
/// the number of messages that it has, the flags of all messages are asked for and compared.
///
/// The client must live until it ends; no other command may select meanwhile. Throws coimap::error as SELECT,
/// FETCH and SEARCH do. Cancelled at any time, it has changed nothing but the selection.
asio::awaitable<resync_result> resynchronise(client& connection, mailbox_name name, mailbox_state known);

} // namespace coimap
