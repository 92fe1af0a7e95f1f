#pragma once
// What several commands ask of the session, and how secrets are masked in the server's words.

#include "coimap/session/capabilities.hpp"
#include "coimap/session/command.hpp"

#include <string>
#include <string_view>

namespace coimap::commands {

/// Whether IMAP4rev2 is what is spoken: it was enabled, or the server knows nothing older (RFC 9051
/// section 6.3.1).
inline bool speaks_rev2(const session_context& context) noexcept {
    return context.enabled("IMAP4rev2") || (context.caps().is_rev2() && !context.caps().has("IMAP4rev1"));
}

/// Whether the server has what IMAP4rev2 took over from an extension.
inline bool has_or_rev2(const session_context& context, std::string_view capability) noexcept {
    return context.caps().has(capability) || speaks_rev2(context);
}

/// QRESYNC includes CONDSTORE (RFC 7162 section 3.2.3).
inline bool has_condstore(const session_context& context) noexcept {
    return context.caps().has("CONDSTORE") || context.caps().has("QRESYNC");
}

/// Whether mailbox names are UTF-8 on the wire.
inline bool names_are_utf8(const session_context& context) noexcept {
    return context.enabled("UTF8=ACCEPT") || context.enabled("IMAP4rev2");
}

/// The text with every occurrence of a secret replaced by `***`.
std::string mask(std::string_view text, std::string_view secret);

} // namespace coimap::commands
