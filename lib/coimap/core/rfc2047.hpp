#pragma once
// Encoded words in header values (RFC 2047), such as the subject and the names of an ENVELOPE.

#include <string>
#include <string_view>

namespace coimap {

/// Converts octets of a charset to UTF-8. Sets `ok` to false when it does not know the charset or cannot
/// convert; the encoded word then stays as it is. The name comes without a language suffix and in the
/// sender's case.
using charset_converter = std::string (*)(std::string_view charset, std::string_view octets, bool& ok);

/// A header value with its encoded words decoded. The result is always valid UTF-8, whatever came in, but may
/// hold control characters that were encoded: `printable()` is for showing it.
///
/// Built in are utf-8, us-ascii, iso-8859-1, iso-8859-15 and windows-1252 under their usual names;
/// `converter` is asked for others. Tolerated, since senders do it: words that touch other text or each
/// other, spaces within a word, base64 without padding, a `=` in Q that starts no hexadecimal pair,
/// characters split over adjacent words of one charset, and a language suffix (RFC 2231 section 5). Words
/// that cannot be decoded stay verbatim. Octets that are not UTF-8 are read as Latin-1 outside of encoded
/// words; within a word that claims to be UTF-8 they become U+FFFD. Takes time linear in the length of the
/// value.
std::string decode_words(std::string_view value, charset_converter converter = nullptr);

} // namespace coimap
