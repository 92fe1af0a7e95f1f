#pragma once
// Base64 (RFC 4648 section 4) as SASL and BINARY use it: one line, padded.

#include "coimap/core/result.hpp"

#include <string>
#include <string_view>

namespace coimap {

std::string encode_base64(std::string_view octets);

/// Decodes what `encode_base64` can have written and nothing else: whitespace, missing or misplaced padding,
/// foreign characters and non-zero pad bits are errc::bad_base64. An empty text is an empty value.
result<std::string> decode_base64(std::string_view text);

} // namespace coimap
