#pragma once
// SASLprep (RFC 4013): user names and passwords brought into one form before they are hashed.

#include "coimap/core/result.hpp"

#include <string>
#include <string_view>

namespace coimap::sasl {

/// Maps spaces beyond ASCII to a space, drops what is commonly mapped to nothing (soft hyphen, joiners,
/// variation selectors), and refuses the prohibited characters of section 2.3 (control characters, private
/// use, and so on) with errc::invalid_argument; text that is not UTF-8 is errc::bad_utf8.
///
/// Two steps are left out, since their tables are larger than all the rest of this floor: normalization
/// (NFKC) and the bidirectional rule. ASCII and text that is normalized already, which is what keyboards
/// give, come out as the RFC says. The result may be a password: the caller wipes it.
result<std::string> saslprep(std::string_view text);

} // namespace coimap::sasl
