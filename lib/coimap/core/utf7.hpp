#pragma once
// Modified UTF-7, in which mailbox names travel unless UTF-8 was enabled (RFC 3501 section 5.1.3).
//
// Every name has exactly one encoding here, and only that one decodes. Otherwise two spellings would name one
// mailbox on this side and two on the server's.

#include "coimap/core/result.hpp"

#include <string>
#include <string_view>

namespace coimap {

/// UTF-8 to the wire. Printable ASCII stays as it is but for `&`, which becomes `&-`; all else, control
/// characters too, is encoded. errc::bad_utf8 when the name is not UTF-8.
result<std::string> encode_utf7(std::string_view name);

/// The wire to UTF-8. errc::bad_utf7 for a shift that does not end, characters outside of printable ASCII or
/// of the modified alphabet, lone surrogates, pad bits that are not zero, printable ASCII in encoded form,
/// and two shifts where one would do: in short, for what `encode_utf7` would write in another way.
result<std::string> decode_utf7(std::string_view wire);

} // namespace coimap
