#pragma once
// Mail as people have it, made up: the same seed gives the same messages on every machine.

#include "support/raw_imap.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace coimap::test {

/// The message with this index among `total` ones: headers with encoded words, threads, text in several
/// charsets and encodings, alternatives, attachments, forwarded and signed mail, flags, and dates spread over
/// three years. Mostly a few kilobytes; one in a hundred reaches some hundred.
outgoing_message made_up_message(std::size_t index, std::size_t total, std::uint64_t seed = 1);

/// Fills a mailbox with `count` such messages over IMAP, many with one command (MULTIAPPEND, RFC 3502).
void fill_mailbox(unsigned short port, std::string_view user, std::string_view mailbox, std::size_t count,
                  std::uint64_t seed = 1);

} // namespace coimap::test
