#include "repl/verbs/verbs.hpp"

#include "common/exit_status.hpp"

#include "coimap/core/ascii.hpp"

namespace coimap::tools {

coimap::mailbox& repl_context::mailbox() {
    if (!selected || !selected->is_selected())
        throw usage_error("no mailbox is selected (select MAILBOX)");
    return *selected;
}

std::vector<const verb*> all_verbs() {
    std::vector<const verb*> all;
    for (const auto group :
         {session_verbs(), mailbox_verbs(), message_verbs(), transfer_verbs(), other_verbs()})
        for (const verb& each : group)
            all.push_back(&each);
    return all;
}

const verb* find_verb(std::string_view name) {
    for (const verb* each : all_verbs())
        if (iequals(each->name, name))
            return each;
    return nullptr;
}

std::string without_secrets(std::string_view line) {
    const std::size_t start = std::min(line.find_first_not_of(" \t"), line.size());
    if (!istarts_with(line.substr(start), "login"))
        return std::string(line);
    const std::size_t user = line.find_first_not_of(" \t", std::min(start + 5, line.size()));
    const std::size_t end = line.find_first_of(" \t", std::min(user, line.size()));
    return end == std::string_view::npos ? std::string(line) : std::string(line.substr(0, end)) + " ***";
}

namespace {

[[noreturn]] void refuse_verb(const std::string& name) {
    throw usage_error("there is no command " + name + " (help lists them)");
}

// A connection that was lost is made anew for the command. One that names messages by their numbers in the
// mailbox is not run then: they may be others by now.
asio::awaitable<void> ensure_connection(repl_context& context, bool by_number) {
    if (context.connection.is_open() || !context.reconnect)
        co_return;
    co_await context.reconnect();
    if (by_number && context.selected)
        throw failure(exit_status::unavailable, "connected again, and messages may have other numbers now: "
                                                "give the command again if it is still meant");
}

} // namespace

asio::awaitable<void> run_line(repl_context& context, std::string line) {
    // `raw` and its line: nothing in it is ours to interpret.
    const std::size_t start = line.find_first_not_of(" \t");
    if (start != std::string::npos && istarts_with(std::string_view(line).substr(start), "raw ")) {
        std::vector<word> whole(1);
        whole[0].text = line.substr(start + 4);
        word_list words("raw", std::move(whole));
        co_await ensure_connection(context, true);
        co_await find_verb("raw")->run(context, std::move(words));
        co_return;
    }
    std::vector<word> words = split_words(line);
    if (words.empty())
        co_return;
    bool by_uid = false;
    if (words[0].is("uid")) {
        by_uid = true;
        words.erase(words.begin());
        if (words.empty())
            throw usage_error("uid needs fetch, search, store, copy, move or expunge behind it");
    }
    const std::string name = words[0].text;
    const verb* const found = find_verb(name);
    if (found == nullptr)
        refuse_verb(name);
    if (by_uid && found->run_uid == nullptr)
        throw usage_error("there is no command uid " + name);
    words.erase(words.begin());
    word_list arguments((by_uid ? "uid " : "") + std::string(found->name), std::move(words));
    if (found->needs_connection)
        co_await ensure_connection(context, !by_uid && found->run_uid != nullptr);
    const auto run = by_uid ? found->run_uid : found->run;
    co_await run(context, std::move(arguments));
}

} // namespace coimap::tools
