#pragma once
// What Tab offers.

#include "repl/editor/editor.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools {

/// Verbs, and names of mailboxes where a verb takes one. `wants_mailboxes` is set when names would have been
/// offered.
completions complete_line(std::string_view before_cursor, const std::vector<std::string>& mailboxes,
                          bool& wants_mailboxes);

/// A mailbox's name as a word of a line.
std::string quoted_word(const std::string& name);

} // namespace coimap::tools
