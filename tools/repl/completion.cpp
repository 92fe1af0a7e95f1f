#include "repl/completion.hpp"

#include "repl/verbs/verbs.hpp"

#include "coimap/core/ascii.hpp"

namespace coimap::tools {
namespace {

struct typed {
    std::vector<std::string> words; ///< before the one at the cursor
    std::size_t from = 0;           ///< where that one begins
    std::string current;            ///< it, without its quotes
};

typed split(std::string_view line) {
    typed found;
    bool quoted = false;
    bool open = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '"') {
            quoted = !quoted;
        } else if (c == '\\' && quoted && i + 1 < line.size()) {
            found.current.push_back(line[++i]);
        } else if (c == ' ' && !quoted) {
            if (open)
                found.words.push_back(std::move(found.current));
            found.current.clear();
            open = false;
            found.from = i + 1;
            continue;
        } else {
            found.current.push_back(c);
        }
        open = true;
    }
    return found;
}

void offer(completions& offered, std::string_view candidate, const std::string& current) {
    if (istarts_with(candidate, current))
        offered.candidates.emplace_back(candidate);
}

} // namespace

std::string quoted_word(const std::string& name) {
    if (!name.empty() && name.find_first_of(" ()[]\"'") == std::string::npos)
        return name;
    std::string text("\"");
    for (const char c : name) {
        if (c == '"' || c == '\\')
            text.push_back('\\');
        text.push_back(c);
    }
    return text + "\"";
}

completions complete_line(std::string_view before_cursor, const std::vector<std::string>& mailboxes,
                          bool& wants_mailboxes) {
    const typed line = split(before_cursor);
    completions offered;
    offered.from = line.from;
    const bool by_uid = !line.words.empty() && iequals(line.words[0], "uid");
    const std::size_t skipped = by_uid ? 1 : 0;
    if (line.words.size() == skipped) {
        for (const verb* each : all_verbs())
            if (!by_uid || each->run_uid != nullptr)
                offer(offered, each->name, line.current);
        if (!by_uid)
            offer(offered, "uid", line.current);
        return offered;
    }
    const std::string& name = line.words[skipped];
    if (iequals(name, "help")) {
        for (const verb* each : all_verbs())
            offer(offered, each->name, line.current);
        return offered;
    }
    const verb* const found = find_verb(name);
    if (found == nullptr || found->mailbox_argument == 0 ||
        line.words.size() - skipped != static_cast<std::size_t>(found->mailbox_argument))
        return offered;
    wants_mailboxes = true;
    for (const std::string& each : mailboxes)
        if (istarts_with(each, line.current))
            offered.candidates.push_back(quoted_word(each));
    return offered;
}

} // namespace coimap::tools
