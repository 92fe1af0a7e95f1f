#pragma once
// Base64 (RFC 4648 section 4), by OpenSSL: independent of the library's own, which the tests judge.

#include <string>
#include <string_view>

namespace coimap::test {

std::string base64(std::string_view bytes);

/// In lines of 76 characters, each ended by CRLF, as a message's body has it.
std::string base64_lines(std::string_view bytes);

} // namespace coimap::test
