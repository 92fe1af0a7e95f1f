// Verbs about messages of the selected mailbox. By sequence number; with `uid` in front by UID.

#include "common/exit_status.hpp"
#include "repl/describe.hpp"
#include "repl/verbs/imap_words.hpp"
#include "repl/verbs/verbs.hpp"

#include "coimap/core/ascii.hpp"

#include <array>

namespace coimap::tools {
namespace {

// What stands behind the items of FETCH: `changedsince N [vanished]`.
fetch_options take_fetch_options(word_list& words) {
    fetch_options options;
    const bool parenthesised = words.take_if("(");
    if (words.take_if("changedsince"))
        options.changed_since(words.take_number("the mod-sequence"));
    if (words.take_if("vanished"))
        options.vanished();
    if (parenthesised && !words.take_if(")"))
        throw usage_error(words.verb() + ": a ( is not closed");
    words.expect_end();
    return options;
}

std::vector<word> take_item_words(word_list& words) {
    if (!words.empty() && words.peek().is("("))
        return words.take_group();
    std::vector<word> items;
    while (!words.empty() && !words.peek().is("changedsince") && !words.peek().is("("))
        items.push_back(words.take("an item"));
    return items;
}

asio::awaitable<void> fetch_messages(repl_context& context, word_list words, bool by_uid) {
    message_set messages = take_messages(words, by_uid);
    fetch_items items = parse_items(take_item_words(words), words.verb());
    const fetch_options options = take_fetch_options(words);
    fetch_stream stream = context.mailbox().stream(std::move(messages), std::move(items), options);
    context.out.begin_rows();
    for (;;) {
        const std::optional<message> next = co_await stream.next();
        if (!next)
            break;
        describe(context.out.row(), *next);
    }
    context.out.end_rows();
}

asio::awaitable<void> search_messages(repl_context& context, word_list words, bool by_uid) {
    search_options options = take_search_options(words);
    search_key key = take_search_key(words);
    search_result found;
    if (by_uid)
        found = co_await context.mailbox().search(std::move(key), std::move(options));
    else
        found = co_await context.mailbox().search_by_number(std::move(key), std::move(options));
    describe(context.out.result(), found);
}

store_options take_store_modifier(word_list& words) {
    store_options options;
    if (words.empty() || !words.peek().is("("))
        return options;
    words.take_if("(");
    if (!words.take_if("unchangedsince"))
        throw usage_error(words.verb() + ": (unchangedsince MODSEQ) may stand there");
    options.unchanged_since(words.take_number("the mod-sequence"));
    if (!words.take_if(")"))
        throw usage_error(words.verb() + ": a ( is not closed");
    return options;
}

asio::awaitable<void> store_flags(repl_context& context, word_list words, bool by_uid) {
    message_set messages = take_messages(words, by_uid);
    store_options options = take_store_modifier(words);
    std::string action = upper(words.take("+flags, -flags or flags").text);
    if (action.ends_with(".SILENT")) {
        options.silent();
        action.resize(action.size() - 7);
    }
    flag_set flags = take_flags(words);
    words.expect_end();
    store_result stored;
    if (action == "+FLAGS")
        stored = co_await context.mailbox().add_flags(std::move(messages), std::move(flags), options);
    else if (action == "-FLAGS")
        stored = co_await context.mailbox().remove_flags(std::move(messages), std::move(flags), options);
    else if (action == "FLAGS")
        stored = co_await context.mailbox().set_flags(std::move(messages), std::move(flags), options);
    else
        throw usage_error(words.verb() + " needs +flags, -flags or flags, not " + action);
    describe(context.out.result(), stored);
}

void show_copied(repl_context& context, const std::optional<copy_result>& copied) {
    if (copied)
        describe(context.out.result(), *copied);
}

asio::awaitable<void> copy_messages(repl_context& context, word_list words, bool by_uid) {
    message_set messages = take_messages(words, by_uid);
    mailbox_name to(words.take("MAILBOX").text);
    words.expect_end();
    const std::optional<copy_result> copied =
        co_await context.mailbox().copy(std::move(messages), std::move(to));
    show_copied(context, copied);
}

asio::awaitable<void> move_messages(repl_context& context, word_list words, bool by_uid) {
    message_set messages = take_messages(words, by_uid);
    mailbox_name to(words.take("MAILBOX").text);
    words.expect_end();
    const std::optional<copy_result> moved =
        co_await context.mailbox().move(std::move(messages), std::move(to));
    show_copied(context, moved);
}

asio::awaitable<void> expunge(repl_context& context, word_list words) {
    words.expect_end();
    const expunge_result gone = co_await context.mailbox().expunge();
    describe(context.out.result(), gone);
}

asio::awaitable<void> uid_expunge(repl_context& context, word_list words) {
    uid_set uids = take_uids(words);
    words.expect_end();
    const expunge_result gone = co_await context.mailbox().uid_expunge(std::move(uids));
    describe(context.out.result(), gone);
}

// The two forms of a verb.
template<asio::awaitable<void> (*Run)(repl_context&, word_list, bool)>
asio::awaitable<void> by_number(repl_context& context, word_list words) {
    return Run(context, std::move(words), false);
}
template<asio::awaitable<void> (*Run)(repl_context&, word_list, bool)>
asio::awaitable<void> by_uid(repl_context& context, word_list words) {
    return Run(context, std::move(words), true);
}

constexpr std::array verbs{
    verb{"fetch", "MESSAGES [ITEM...] [changedsince MODSEQ [vanished]]",
         "what the server knows of messages; with `uid` in front MESSAGES are UIDs",
         "MESSAGES are 1:5,9,* or all, last:10, or $ (the saved search result).\n"
         "Items: uid flags envelope internaldate size bodystructure body modseq emailid preview ...\n"
         "fast, all (the default), full; body.peek[SECTION], body.peek[SECTION]<ORIGIN.COUNT>,\n"
         "binary.peek[PART]; body[...] without peek marks the message \\Seen.\n"
         "fetch last:10\nuid fetch 4:9 uid flags\nfetch 3 body.peek[header.fields (subject date)]",
         by_number<fetch_messages>, 0, by_uid<fetch_messages>},
    verb{
        "search", "[return (WHAT...)] [KEY...]", "the messages that fit; `uid search` shows UIDs",
        "Keys as IMAP has them: all, seen, unseen, flagged, from TEXT, subject TEXT, text TEXT, header NAME\n"
        "TEXT, since DATE, before DATE, on DATE, larger SIZE, keyword FLAG, uid UIDS, not KEY, or KEY KEY,\n"
        "(KEY KEY ...). WHAT is min, max, count, all or save.\n"
        "search unseen from \"Anna\"\nuid search since 2024-02-01 not deleted\nsearch return (count) larger "
        "1000000",
        by_number<search_messages>, 0, by_uid<search_messages>},
    verb{"store", "MESSAGES [(unchangedsince MODSEQ)] +flags|-flags|flags[.silent] FLAG...",
         "adds, removes or sets flags",
         "store 1:3 +flags \\Seen\nuid store 17 -flags.silent (\\Flagged $Work)", by_number<store_flags>, 0,
         by_uid<store_flags>},
    verb{"copy", "MESSAGES MAILBOX", "copies messages to another mailbox", "", by_number<copy_messages>, 2,
         by_uid<copy_messages>},
    verb{"move", "MESSAGES MAILBOX", "moves messages to another mailbox (RFC 6851)",
         "Where the server has no MOVE they are copied, marked \\Deleted and removed one by one.",
         by_number<move_messages>, 2, by_uid<move_messages>},
    verb{"expunge", "", "removes what is marked \\Deleted; `uid expunge UIDS` only of these", "", expunge, 0,
         uid_expunge},
};

} // namespace

std::span<const verb> message_verbs() {
    return verbs;
}

} // namespace coimap::tools
