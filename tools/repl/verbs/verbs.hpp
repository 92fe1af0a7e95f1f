#pragma once
// The commands of the prompt: a table, whose rows stand in files by subject.

#include "repl/context.hpp"
#include "repl/verbs/words.hpp"

#include <asio/awaitable.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools {

struct verb {
    std::string_view name;
    std::string_view arguments; ///< for the help: "MAILBOX [condstore]"
    std::string_view summary;   ///< one line
    std::string_view details;   ///< what else there is to know, with examples; may be empty
    asio::awaitable<void> (*run)(repl_context& context, word_list words);
    int mailbox_argument = 0; ///< which argument is a mailbox's name, for completion; 0: none
    asio::awaitable<void> (*run_uid)(repl_context& context, word_list words) = nullptr; ///< behind `uid`
    bool needs_connection = true;
};

std::span<const verb> session_verbs();
std::span<const verb> mailbox_verbs();
std::span<const verb> message_verbs();
std::span<const verb> transfer_verbs();
std::span<const verb> other_verbs();

/// All of them, in the order in which the help shows them.
std::vector<const verb*> all_verbs();

/// By name, compared without case; null when there is none.
const verb* find_verb(std::string_view name);

/// Runs one line: splits it, finds the verb, awaits it. Throws what the verb throws, and usage_error.
asio::awaitable<void> run_line(repl_context& context, std::string line);

/// The line as it may be shown: without the password of `login USER PASSWORD`.
std::string without_secrets(std::string_view line);

} // namespace coimap::tools
