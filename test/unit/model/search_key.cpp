#include "coimap/model/search_key.hpp"

#include "coimap/wire/command_writer.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace std::string_view_literals;

namespace {

result<std::string> written(const search_key& key, std::optional<std::uint32_t> exists = std::nullopt) {
    wire::command_writer out("A", wire::writer_options());
    key.write(out, exists);
    auto command = std::move(out).finish();
    if (!command)
        return command.error();
    return command->bytes.substr(2, command->bytes.size() - 4);
}

} // namespace

BOOST_AUTO_TEST_SUITE(search_keys)

BOOST_AUTO_TEST_CASE(keys_are_written_as_the_rfc_has_them) {
    using namespace search;
    struct row {
        search_key key;
        const char* text;
        const char* why;
    };
    const row rows[] = {
        {search_key(), "ALL", "every message"},
        {unseen(), "UNSEEN", "a word"},
        {unseen() && since(date{1994, 2, 1}), "UNSEEN SINCE 1-Feb-1994", "AND is a space"},
        {from("Smith") || to("a b"), "OR FROM Smith TO \"a b\"", "OR goes in front"},
        {seen() || (flagged() && draft()), "OR SEEN (FLAGGED DRAFT)", "AND in OR is in parentheses"},
        {seen() && (flagged() || draft()), "SEEN OR FLAGGED DRAFT", "OR in AND needs none"},
        {!seen(), "NOT SEEN", "NOT"},
        {!(seen() && flagged()), "NOT (SEEN FLAGGED)", "NOT of several"},
        {!(seen() || flagged()), "NOT OR SEEN FLAGGED", "NOT of one of two"},
        {!!seen(), "NOT NOT SEEN", "twice"},
        {seen() && flagged() && draft(), "SEEN FLAGGED DRAFT", "a chain is flat"},
        {seen() || flagged() || draft() || old(), "OR OR SEEN FLAGGED OR DRAFT OLD",
         "alternatives in halves"},
        {search_key() && seen(), "SEEN", "ALL and something is something"},
        {messages(uid_set(5, 9)), "UID 5:9", "UIDs"},
        {messages(sequence_set::from(3)) && unseen(), "3:* UNSEEN", "sequence numbers"},
        {messages(saved_result{}), "$", "the saved result"},
        {header("Message-ID", "<x@y>"), "HEADER Message-ID <x@y>", "a field"},
        {header("X", ""), "HEADER X \"\"", "the field is there"},
        {keyword("$Junk"), "KEYWORD $Junk", "a keyword"},
        {larger(4294967296) && modseq(7), "LARGER 4294967296 MODSEQ 7", "numbers"},
        {subject("NIL"), "SUBJECT \"NIL\"", "the word, not nothing"},
        {body("a\r\nb"), "BODY {4}\r\na\r\nb", "lines travel as a literal"},
    };
    for (const row& each : rows)
        BOOST_TEST(written(each.key).value() == each.text, each.why);
}

BOOST_AUTO_TEST_CASE(the_last_messages_are_resolved_when_it_is_written) {
    BOOST_TEST(written(search::messages(last(3)), 10).value() == "8:10");
    BOOST_TEST(written(search::messages(last(3)), 0).value() == "NOT ALL");
    BOOST_TEST((written(search::messages(last(3))).error() == errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_sent_is_refused) {
    using namespace search;
    struct row {
        search_key key;
        const char* why;
    };
    const row rows[] = {
        {messages(uid_set()), "an empty set"},
        {unseen() && messages(sequence_set()), "an empty set, deeper"},
        {text("a\0b"sv), "NUL"},
        {text("\xff\xfe"), "not UTF-8"},
        {header("X\r\nX1 XPWNED", "a"), "a second command in the name of a field"},
        {header("", "a"), "a field without a name"},
        {header("\xc3\xbc", "a"), "a field's name is ASCII"},
        {keyword("\\Seen"), "no keyword"},
        {since(date{1994, 13, 1}), "no month"},
        {since(date{-5, 1, 1}), "no year"},
    };
    for (const row& each : rows)
        BOOST_TEST((written(each.key).error() == errc::invalid_argument), each.why);
    BOOST_CHECK_THROW(keyword("kw)\r\nX1 XPWNED"), error); // inject:keyword
}

BOOST_AUTO_TEST_CASE(what_the_command_has_to_know_of_a_key) {
    using namespace search;
    BOOST_TEST((seen() && !subject("\xc3\xbc")).needs_charset());
    BOOST_TEST(!(seen() && subject("u")).needs_charset());
    BOOST_TEST((seen() || messages(sequence_set(1))).uses_sequence_numbers());
    BOOST_TEST(messages(last(1)).uses_sequence_numbers());
    BOOST_TEST(!messages(uid_set(1)).uses_sequence_numbers());
    BOOST_TEST((!modseq(5)).uses_modseq());
    BOOST_TEST(!seen().uses_modseq());
}

BOOST_AUTO_TEST_CASE(long_chains_cost_no_stack) {
    search_key any = search::from("x0");
    search_key every = search::from("x0");
    search_key never = search::seen();
    search_key mixed = search::seen();
    search_key backwards = search::seen();
    for (int i = 1; i < 100'000; ++i) {
        any = any || search::from("x");
        every = every && search::from("x");
        never = !never;
        mixed = (mixed || search::seen()) && search::draft();
        backwards = search::from("x") || backwards;
    }
    const std::string text = written(any).value();
    BOOST_TEST(text.size() == 99'999u * 3 + 100'000u * 6 + 99'999u + 1);
    BOOST_TEST(text.starts_with("OR OR OR OR "));
    BOOST_TEST(
        !text.starts_with("OR OR OR OR OR OR OR OR OR OR OR OR OR OR OR OR OR OR ")); // balanced: 17 deep
    BOOST_TEST(written(every).value().size() == 100'000u * 7);
    BOOST_TEST(written(never).has_value());
    BOOST_TEST(written(mixed).has_value());
    BOOST_TEST(written(backwards).has_value());
    const search_key shared = any;
    any = search_key();
    BOOST_TEST(written(shared).value() == text);
}

BOOST_AUTO_TEST_SUITE_END()
