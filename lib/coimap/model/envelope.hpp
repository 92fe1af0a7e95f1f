#pragma once
// The header fields that the server has parsed (RFC 9051 section 7.5.2: ENVELOPE). Octets as the server sent
// them: encoded words (RFC 2047) are decoded on request, by decode_words().

#include "coimap/model/value.hpp"
#include "coimap/model/value_sink.hpp"

namespace coimap {

/// One address. The group syntax of RFC 5322 shows as two special rows: `host` NIL and `mailbox` the group's
/// name starts a group, both NIL ends it.
struct address {
    nstring name;    ///< display name, maybe with encoded words
    nstring route;   ///< at-domain-list, obsolete source route
    nstring mailbox; ///< local part
    nstring host;

    bool starts_group() const noexcept { return !host && mailbox; }
    bool ends_group() const noexcept { return !host && !mailbox; }

    friend bool operator==(const address&, const address&) = default;
};

struct envelope {
    nstring date; ///< as the header writes it; see parse_header_date()
    nstring subject;
    list<address> from;
    list<address> sender;
    list<address> reply_to;
    list<address> to;
    list<address> cc;
    list<address> bcc;
    nstring in_reply_to;
    nstring message_id;

    friend bool operator==(const envelope&, const envelope&) = default;
};

void describe(value_sink& sink, const address& value);
void describe(value_sink& sink, const envelope& value);

} // namespace coimap
