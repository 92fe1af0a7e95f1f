#pragma once
// Text of the server made safe for a terminal or a log.

#include <string>
#include <string_view>

namespace coimap {

/// Valid UTF-8 stays; control characters (C0, DEL, C1), bidirectional overrides and isolates, line and
/// paragraph separators and octets that are not UTF-8 become `\x1b` or `\u202e`. A backslash stays as it is:
/// the result is for people, not for reading back.
std::string printable(std::string_view text);

} // namespace coimap
