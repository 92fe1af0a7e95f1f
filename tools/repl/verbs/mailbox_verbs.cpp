// Verbs about mailboxes as a whole.

#include "common/exit_status.hpp"
#include "repl/describe.hpp"
#include "repl/verbs/imap_words.hpp"
#include "repl/verbs/verbs.hpp"

#include <algorithm>
#include <array>

namespace coimap::tools {
namespace {

mailbox_name take_mailbox(word_list& words) {
    return words.take("MAILBOX").text;
}

select_options take_select_options(word_list& words) {
    select_options options;
    options.condstore(words.take_if("condstore"));
    words.expect_end();
    return options;
}

void show_selected(repl_context& context, coimap::mailbox opened) {
    describe(context.out.result(), opened.info());
    context.selected = std::move(opened);
}

asio::awaitable<void> select(repl_context& context, word_list words) {
    mailbox_name name = take_mailbox(words);
    const select_options options = take_select_options(words);
    coimap::mailbox opened = co_await context.connection.select(std::move(name), options);
    show_selected(context, std::move(opened));
}

asio::awaitable<void> examine(repl_context& context, word_list words) {
    mailbox_name name = take_mailbox(words);
    const select_options options = take_select_options(words);
    coimap::mailbox opened = co_await context.connection.examine(std::move(name), options);
    show_selected(context, std::move(opened));
}

asio::awaitable<void> close(repl_context& context, word_list words) {
    words.expect_end();
    co_await context.mailbox().close();
    context.selected.reset();
}

asio::awaitable<void> unselect(repl_context& context, word_list words) {
    words.expect_end();
    co_await context.mailbox().unselect();
    context.selected.reset();
}

asio::awaitable<void> check(repl_context& context, word_list words) {
    words.expect_end();
    co_await context.mailbox().check();
}

asio::awaitable<void> create(repl_context& context, word_list words) {
    mailbox_name name = take_mailbox(words);
    words.expect_end();
    context.mailboxes.clear();
    co_await context.connection.create(std::move(name));
}

asio::awaitable<void> remove(repl_context& context, word_list words) {
    mailbox_name name = take_mailbox(words);
    words.expect_end();
    context.mailboxes.clear();
    co_await context.connection.remove(std::move(name));
}

asio::awaitable<void> rename(repl_context& context, word_list words) {
    mailbox_name from = take_mailbox(words);
    mailbox_name to(words.take("the new name").text);
    words.expect_end();
    context.mailboxes.clear();
    co_await context.connection.rename(std::move(from), std::move(to));
}

asio::awaitable<void> subscribe(repl_context& context, word_list words) {
    mailbox_name name = take_mailbox(words);
    words.expect_end();
    co_await context.connection.subscribe(std::move(name));
}

asio::awaitable<void> unsubscribe(repl_context& context, word_list words) {
    mailbox_name name = take_mailbox(words);
    words.expect_end();
    co_await context.connection.unsubscribe(std::move(name));
}

// The words behind the pattern of LIST.
list_options take_list_options(word_list& words) {
    list_options options;
    while (!words.empty()) {
        if (words.take_if("subscribed"))
            options.subscribed().return_subscribed();
        else if (words.take_if("remote"))
            options.remote();
        else if (words.take_if("recursivematch"))
            options.recursive_match();
        else if (words.take_if("special-use"))
            options.return_special_use();
        else if (words.take_if("children"))
            options.return_children();
        else if (words.take_if("status"))
            options.return_status(parse_status_items(words.take_group(), words.verb()));
        else
            words.expect_end();
    }
    return options;
}

asio::awaitable<void> list(repl_context& context, word_list words) {
    std::string pattern = "*";
    if (!words.empty())
        pattern = words.take("PATTERN").text;
    std::string reference;
    // LIST "" % as the RFC writes it, too.
    constexpr std::array<std::string_view, 6> options{"subscribed",  "remote",   "recursivematch",
                                                      "special-use", "children", "status"};
    const bool is_option = !words.empty() && std::any_of(options.begin(), options.end(),
                                                         [&](auto each) { return words.peek().is(each); });
    if (!words.empty() && !is_option) {
        reference = std::move(pattern);
        pattern = words.take("PATTERN").text;
    }
    const list_options wanted = take_list_options(words);
    const bool everything = pattern == "*" && reference.empty();
    const std::vector<mailbox_entry> found =
        co_await context.connection.list(reference, std::move(pattern), wanted);
    describe(context.out.result(), found);
    if (!everything)
        co_return;
    context.mailboxes.clear();
    for (const mailbox_entry& each : found)
        context.mailboxes.push_back(each.name.text());
}

asio::awaitable<void> lsub(repl_context& context, word_list words) {
    std::string pattern = "*";
    if (!words.empty())
        pattern = words.take("PATTERN").text;
    words.expect_end();
    const std::vector<mailbox_entry> found = co_await context.connection.lsub(std::move(pattern));
    describe(context.out.result(), found);
}

asio::awaitable<void> status(repl_context& context, word_list words) {
    mailbox_name name = take_mailbox(words);
    const status_items items = parse_status_items(words.take_group(), words.verb());
    words.expect_end();
    const status_values values = co_await context.connection.status(std::move(name), items);
    describe(context.out.result(), values);
}

constexpr std::array verbs{
    verb{"list", "[REFERENCE] [PATTERN] [OPTION...]", "the mailboxes: * stands for anything, % for one level",
         "Options: subscribed, remote, recursivematch, special-use, children, status (ITEMS).\n"
         "list\nlist %\nlist Archive/*\nlist * special-use\nlist * status (messages unseen)",
         list},
    verb{"lsub", "[PATTERN]", "the mailboxes that one subscribes to", "", lsub},
    verb{"select", "MAILBOX [condstore]", "opens a mailbox", "select INBOX\nselect \"Sent Mail\"", select, 1},
    verb{"examine", "MAILBOX [condstore]", "opens a mailbox to be read only", "", examine, 1},
    verb{"close", "", "closes the mailbox and removes what is marked \\Deleted", "", close},
    verb{"unselect", "", "closes the mailbox and removes nothing (RFC 3691)", "", unselect},
    verb{"status", "MAILBOX [ITEM...]", "numbers of a mailbox that need not be open",
         "Items: messages unseen uidnext uidvalidity recent deleted size highestmodseq "
         "appendlimit\nmailboxid.\n"
         "status INBOX\nstatus Archive messages size",
         status, 1},
    verb{"create", "MAILBOX", "makes a mailbox", "", create},
    verb{"delete", "MAILBOX", "removes a mailbox with its messages", "", remove, 1},
    verb{"rename", "MAILBOX NAME", "gives a mailbox another name", "", rename, 1},
    verb{"subscribe", "MAILBOX", "puts a mailbox among those that one subscribes to", "", subscribe, 1},
    verb{"unsubscribe", "MAILBOX", "takes it from there", "", unsubscribe, 1},
    verb{"check", "", "a checkpoint of the mailbox (RFC 3501)", "", check},
};

} // namespace

std::span<const verb> mailbox_verbs() {
    return verbs;
}

} // namespace coimap::tools
