#pragma once
// The text of a status response and the code in front of it (RFC 9051 section 9: resp-text).

#include "coimap/wire/lexer.hpp"
#include "coimap/wire/response.hpp"

namespace coimap::wire {

/// Reads to the end of the line. What is no code becomes text.
void parse_text_and_code(lexer& input, status_response& state);

} // namespace coimap::wire
