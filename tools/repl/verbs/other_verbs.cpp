// The verbs that are left: waiting, experiments, help.

#include "common/exit_status.hpp"
#include "repl/describe.hpp"
#include "repl/verbs/imap_words.hpp"
#include "repl/verbs/verbs.hpp"

#include "coimap/client/race.hpp"

#include <array>

namespace coimap::tools {
namespace {

// The verb gives way to the next line for as long as this lives.
struct giving_way {
    explicit giving_way(repl_context& of) : context(of) { context.line_ends_it = true; }
    ~giving_way() { context.line_ends_it = false; }
    giving_way(const giving_way&) = delete;
    giving_way& operator=(const giving_way&) = delete;

    repl_context& context;
};

asio::awaitable<void> idle(repl_context& context, word_list words) {
    std::optional<std::chrono::milliseconds> limit;
    if (!words.empty())
        limit = parse_duration(words.take("DURATION").text);
    words.expect_end();
    if (!limit && context.has_line && context.has_line())
        co_return; // Lines that are pasted behind it: it would wait for one, and there it is.
    const giving_way until_a_line(context);
    if (!limit)
        context.out.note(context.interactive ? "idling until Enter or Control-C"
                                             : "idling until interrupted");
    try {
        if (context.stop_background_idle)
            co_await context.stop_background_idle();
        if (limit)
            co_await with_timeout(context.connection.idle(), *limit);
        else
            co_await context.connection.idle();
    } catch (const std::system_error& problem) {
        // The time is over, or the user has seen enough: DONE was said and answered.
        if (problem.code() != errc::timed_out && !is_cancelled(problem.code()))
            throw;
    }
}

asio::awaitable<void> raw(repl_context& context, word_list words) {
    std::string line = words.take("LINE").text;
    const std::vector<wire::kept_response> answers = co_await context.connection.raw(std::move(line));
    context.out.begin_rows();
    for (const wire::kept_response& each : answers)
        describe(context.out.row(), *each);
    context.out.end_rows();
}

std::string title_of(const verb& each) {
    std::string title(each.name);
    if (!each.arguments.empty())
        title.append(" ").append(each.arguments);
    return title;
}

std::string help_of(const verb& each) {
    std::string text = title_of(each) + "\n  " + std::string(each.summary) + "\n";
    if (each.details.empty())
        return text;
    text += "\n  ";
    for (const char c : each.details) {
        text.push_back(c);
        if (c == '\n')
            text += "  ";
    }
    return text + "\n";
}

std::string overview() {
    std::string text;
    for (const auto group :
         {session_verbs(), mailbox_verbs(), message_verbs(), transfer_verbs(), other_verbs()}) {
        for (const verb& each : group) {
            std::string name(each.name);
            name.resize(14, ' ');
            text.append(name).append(each.summary).append("\n");
        }
        text += "\n";
    }
    return text + "help VERB tells more. A name with spaces stands in \"quotes\".\n";
}

asio::awaitable<void> help(repl_context& context, word_list words) {
    if (words.empty()) {
        context.out.text(overview());
        co_return;
    }
    words.take_if("uid");
    const std::string name = words.take("VERB").text;
    words.expect_end();
    const verb* const found = find_verb(name);
    if (found == nullptr)
        throw usage_error("there is no command " + name);
    context.out.text(help_of(*found));
}

asio::awaitable<void> quit(repl_context& context, word_list words) {
    words.expect_end();
    context.finished = true;
    co_return;
}

constexpr std::array verbs{
    verb{"idle", "[DURATION]", "waits for events, for so long or until it is interrupted",
         "At the prompt this happens by itself, and Enter or the next command ends it as Control-C does.\n"
         "idle 90s\nidle 10m",
         idle},
    verb{"raw", "LINE", "sends a line as it is, without a tag, and shows what comes back",
         "raw FETCH 1 (FLAGS)\nraw X-WHATEVER \"this and that\"", raw},
    verb{"help", "[VERB]", "this list, or more on one command", "", help, 0, nullptr, false},
    verb{"quit", "", "ends; the same as logout or Control-D", "", quit, 0, nullptr, false},
};

} // namespace

std::span<const verb> other_verbs() {
    return verbs;
}

} // namespace coimap::tools
