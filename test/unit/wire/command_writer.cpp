#include "coimap/wire/command_writer.hpp"

#include "support/command_reader.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <random>

using namespace coimap;
using namespace std::string_view_literals;
using coimap::test::read_command;
using coimap::test::token;
using coimap::wire::command_writer;
using coimap::wire::writer_options;

namespace {

using writing = std::function<void(command_writer&)>;

result<wire::encoded_command> encode(const writing& write, const writer_options& options = {}) {
    command_writer out("A1", options);
    out.raw("X ");
    write(out);
    return std::move(out).finish();
}

/// What stands between `A1 X ` and the CRLF.
std::string argument(const writing& write, const writer_options& options = {}) {
    const auto command = encode(write, options);
    if (!command)
        return "<" + command.error().message() + ">";
    return command->bytes.substr(5, command->bytes.size() - 7);
}

writer_options with_literal_plus() {
    writer_options options;
    options.literal_plus = true;
    return options;
}

} // namespace

BOOST_AUTO_TEST_SUITE(command_writers)

BOOST_AUTO_TEST_CASE(strings_take_the_simplest_form_that_holds_them) {
    struct row {
        std::string_view text;
        std::string_view astring;
        std::string_view string;
        const char* why;
    };
    const row rows[] = {
        {"abc", "abc", "\"abc\"", "an atom"},
        {"", "\"\"", "\"\"", "nothing is no atom"},
        {"NIL", "\"NIL\"", "\"NIL\"", "would be read as no string"},
        {"nil", "\"nil\"", "\"nil\"", "in any case"},
        {"a b", "\"a b\"", "\"a b\"", "a space"},
        {"a]", "a]", "\"a]\"", "a bracket may stand in an astring"},
        {"a*", "\"a*\"", "\"a*\"", "a wildcard may not"},
        {"a{1}", "\"a{1}\"", "\"a{1}\"", "looks like a literal"},
        {"a\\\" XPWNED \\\"b", "\"a\\\\\\\" XPWNED \\\\\\\"b\"", "\"a\\\\\\\" XPWNED \\\\\\\"b\"",
         "backslash and quote are escaped (inject:mailbox)"},
        {"a\r\nX1 XPWNED", "{12}\r\na\r\nX1 XPWNED", "{12}\r\na\r\nX1 XPWNED", "lines travel as a literal"},
        {"\xc3\xbc", "{2}\r\n\xc3\xbc", "{2}\r\n\xc3\xbc", "8-bit before UTF-8 was agreed on"},
        {"a\tb", "\"a\tb\"", "\"a\tb\"", "other controls may be quoted"},
    };
    for (const row& each : rows) {
        BOOST_TEST(argument([&](auto& out) { out.astring(each.text); }) == each.astring, each.why);
        BOOST_TEST(argument([&](auto& out) { out.string(each.text); }) == each.string, each.why);
    }
    const std::string longest(1000, 'x');
    BOOST_TEST(argument([&](auto& out) { out.string(longest); }) == "\"" + longest + "\"");
    BOOST_TEST(argument([&](auto& out) { out.string(longest + "x"); }) == "{1001}\r\n" + longest + "x");
}

BOOST_AUTO_TEST_CASE(literals_wait_unless_the_server_lets_them_go) {
    struct row {
        bool plus;
        bool minus;
        std::size_t size;
        const char* head;
        std::size_t waits;
    };
    const row rows[] = {
        {false, false, 5, "{5}\r\n", 1},       {true, false, 5, "{5+}\r\n", 0},
        {true, false, 5000, "{5000+}\r\n", 0}, {false, true, 4096, "{4096+}\r\n", 0},
        {false, true, 4097, "{4097}\r\n", 1},  {true, true, 4097, "{4097+}\r\n", 0},
    };
    for (const row& each : rows) {
        writer_options options;
        options.literal_plus = each.plus;
        options.literal_minus = each.minus;
        const std::string octets(each.size, 'x');
        const auto command = encode([&](auto& out) { out.literal(octets); }, options);
        BOOST_TEST_REQUIRE(command.has_value());
        const std::string head = "A1 X " + std::string(each.head);
        BOOST_TEST(command->bytes == head + octets + "\r\n");
        BOOST_TEST(command->sync_points.size() == each.waits);
        if (each.waits)
            BOOST_TEST(command->sync_points.front() == head.size());
    }
}

BOOST_AUTO_TEST_CASE(a_literal_with_nul_takes_literal8) {
    writer_options options;
    options.binary = true;
    BOOST_TEST(argument([](auto& out) { out.literal("a\0b"sv); }, options) == "~{3}\r\na\0b"sv);
    BOOST_TEST(argument([](auto& out) { out.literal("ab"); }, options) == "{2}\r\nab");
    BOOST_TEST((encode([](auto& out) { out.literal("a\0b"sv); }).error() == errc::invalid_argument));
    BOOST_TEST((encode([](auto& out) { out.string("a\0b"sv); }, options).error() == errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(streamed_octets_have_their_place) {
    const auto command = encode([](auto& out) { out.streamed(1u << 30); });
    BOOST_TEST_REQUIRE(command.has_value());
    BOOST_TEST(command->bytes == "A1 X {1073741824}\r\n\r\n");
    BOOST_TEST(command->streamed.front().offset == command->bytes.size() - 2);
    BOOST_TEST(command->streamed.front().size == 1u << 30);
    BOOST_TEST(command->sync_points.front() == command->bytes.size() - 2);
}

BOOST_AUTO_TEST_CASE(utf8_is_quoted_once_it_is_agreed_on) {
    writer_options options;
    options.utf8_names = options.utf8_quoted = true;
    BOOST_TEST(argument([](auto& out) { out.mailbox("Entw\xc3\xbcrfe"); }, options) == "\"Entw\xc3\xbcrfe\"");
    BOOST_TEST(argument([](auto& out) { out.mailbox("Entw\xc3\xbcrfe"); }) == "Entw&APw-rfe");
    BOOST_TEST(argument([](auto& out) { out.string("\xff"); }, options) == "{1}\r\n\xff");
}

BOOST_AUTO_TEST_CASE(mailboxes_and_patterns) {
    BOOST_TEST(argument([](auto& out) { out.mailbox("inbox"); }) == "INBOX");
    BOOST_TEST(argument([](auto& out) { out.mailbox("NIL"); }) == "\"NIL\"");
    BOOST_TEST(argument([](auto& out) { out.mailbox("a%b"); }) == "\"a%b\"");
    BOOST_TEST(argument([](auto& out) { out.list_mailbox("a%b*"); }) == "a%b*");
    BOOST_TEST(argument([](auto& out) { out.list_mailbox(""); }) == "\"\"");
    BOOST_TEST(argument([](auto& out) { out.list_mailbox("a b/%"); }) == "\"a b/%\"");
    BOOST_TEST(argument([](auto& out) { out.list_mailbox("\xc3\xbc*"); }) == "&APw-*");
}

BOOST_AUTO_TEST_CASE(other_arguments) {
    BOOST_TEST(argument([](auto& out) { out.set(uid_set("9,1:3")); }) == "1:3,9");
    BOOST_TEST(argument([](auto& out) { out.set(saved_result{}); }) == "$");
    BOOST_TEST(argument([](auto& out) { out.set(last(1)); }) == "*");
    BOOST_TEST(argument([](auto& out) { out.flags(flags::seen | flags::forwarded); }) ==
               "(\\Seen $Forwarded)");
    BOOST_TEST(argument([](auto& out) { out.flags(flag_set()); }) == "()");
    BOOST_TEST(argument([](auto& out) { out.date(date{1994, 2, 1}); }) == "1-Feb-1994");
    BOOST_TEST(argument([](auto& out) {
                   out.date_time(date_time{1996, 7, 7, 2, 44, 25, -420});
               }) == "\"07-Jul-1996 02:44:25 -0700\"");
    BOOST_TEST(argument([](auto& out) { out.nil().sp().number(9223372036854775807u); }) ==
               "NIL 9223372036854775807");
    BOOST_TEST(encode([](auto& out) { out.secret().string("x"); })->secret);
}

BOOST_AUTO_TEST_CASE(whatever_could_end_the_command_is_refused) {
    struct row {
        writing write;
        const char* why;
    };
    const row rows[] = {
        {[](auto& out) { out.mailbox("INBOX\r\nX1 XPWNED"sv); }, "CR LF in a mailbox name"},
        {[](auto& out) { out.mailbox("INBOX\nX1 XPWNED"sv); }, "LF only"},
        {[](auto& out) { out.mailbox("INBOX\0x"sv); }, "NUL"},
        {[](auto& out) { out.mailbox(mailbox_name::from_wire("a\r\nb")); }, "a name that a server sent"},
        {[](auto& out) { out.mailbox("\xff"); }, "no UTF-8"},
        {[](auto& out) { out.list_mailbox("*\r\nX1 XPWNED"); }, "a pattern"},
        {[](auto& out) { out.atom("a\r\nX1 XPWNED"); }, "an atom"},
        {[](auto& out) { out.atom(""); }, "an empty atom"},
        {[](auto& out) { out.atom("a b"); }, "an atom with a space"},
        {[](auto& out) { out.atom("a{5}"); }, "an atom with a brace"},
        {[](auto& out) { out.atom("a\x80"); }, "an 8-bit atom"},
        {[](auto& out) { out.quoted("v\"\r\nX1 XPWNED"); }, "what cannot be quoted"},
        {[](auto& out) { out.quoted("\xc3\xbc"); }, "8-bit in quotes before UTF-8 was agreed on"},
        {[](auto& out) { out.astring("a\0b"sv); }, "NUL in a string"},
        {[](auto& out) { out.literal("a\0b"sv); }, "NUL in a literal"},
        {[](auto& out) { out.raw("NOOP\r\nX1 XPWNED"); }, "raw text with a line end"},
        {[](auto& out) { out.raw("SUBJECT {0}"); }, "raw text that announces a literal (inject:rawsearch)"},
        {[](auto& out) { out.raw("\xc3\xbc"); }, "raw text that is not ASCII"},
        {[](auto& out) { out.line("SEARCH SUBJECT {0}"); }, "a typed line that announces a literal"},
        {[](auto& out) { out.line("SEARCH SUBJECT {0+}  "); }, "the same with spaces behind"},
        {[](auto& out) { out.line("NOOP\r\nX1 XPWNED"); }, "a typed line with a line end"},
        {[](auto& out) { out.line("NOOP\nX1 XPWNED"); }, "with LF only"},
        {[](auto& out) { out.line("NOOP\0"sv); }, "with NUL"},
        {[](auto& out) { out.line("NOOP \x1b"); }, "with ESC"},
        {[](auto& out) { out.line("LOGIN \xc3\xbc"); }, "8-bit before UTF-8 was agreed on"},
        {[](auto& out) { out.set(uid_set()); }, "an empty set"},
        {[](auto& out) { out.set(last(5)); }, "a set that was not resolved"},
        {[](auto& out) {
             out.date(date{1994, 0, 1});
         },
         "no month"},
        {[](auto& out) {
             out.date(date{10000, 1, 1});
         },
         "five digits of a year"},
        {[](auto& out) {
             out.date_time(date_time{1994, 1, 1, 24, 0, 0, 0});
         },
         "no hour"},
    };
    for (const row& each : rows)
        for (const writer_options& options : {writer_options(), with_literal_plus()})
            BOOST_TEST((encode(each.write, options).error() == errc::invalid_argument), each.why);
    BOOST_CHECK_THROW(flag("\\Seen)\r\nX1 XPWNED"), error); // inject:appendflag
}

BOOST_AUTO_TEST_CASE(the_first_error_stays_and_nothing_is_given_out) {
    command_writer out("A1", writer_options());
    out.raw("X ").fail(errc::not_supported);
    out.atom("a b");
    BOOST_TEST((out.error() == errc::not_supported));
    BOOST_TEST((std::move(out).finish().error() == errc::not_supported));
}

BOOST_AUTO_TEST_CASE(a_typed_line_goes_out_as_it_is) {
    BOOST_TEST(argument([](auto& out) { out.line("UID FETCH 1:* (FLAGS BODY[])"); }) ==
               "UID FETCH 1:* (FLAGS BODY[])");
    BOOST_TEST(argument([](auto& out) { out.line("XLOGIN \"{5\" x"); }) == "XLOGIN \"{5\" x");
}

BOOST_AUTO_TEST_CASE(any_octets_come_back_as_the_one_argument_that_they_were) {
    std::mt19937 random(11);
    constexpr auto favourites = "\r\n\0\"\\{}()+5 ~NIL*%]\x7f\x80\xc3\xbc"sv;
    int refused = 0;
    for (int round = 0; round < 20'000; ++round) {
        writer_options options;
        options.literal_plus = random() % 2;
        options.literal_minus = random() % 2;
        options.utf8_quoted = options.utf8_names = random() % 2;
        options.binary = random() % 2;
        std::string first;
        std::string second;
        for (auto size = random() % 12; size > 0; --size)
            first += random() % 3 ? favourites[random() % favourites.size()] : static_cast<char>(random());
        for (auto size = random() % 12; size > 0; --size)
            second += random() % 3 ? favourites[random() % favourites.size()] : static_cast<char>(random());

        command_writer out("A1", options);
        out.raw("X ").astring(first).sp().open().string(second).close();
        const auto command = std::move(out).finish();
        if ((first + second).find('\0') != std::string::npos) {
            BOOST_TEST_REQUIRE((command.error() == errc::invalid_argument));
            ++refused;
            continue;
        }
        BOOST_TEST_REQUIRE(command.has_value());
        const auto tokens = read_command(command->bytes, options.utf8_quoted);
        BOOST_TEST_REQUIRE(tokens.has_value());
        BOOST_TEST_REQUIRE(tokens->size() == 6u);
        BOOST_TEST_REQUIRE((*tokens)[2].text == first);
        BOOST_TEST_REQUIRE((*tokens)[4].text == second);
        BOOST_TEST_REQUIRE(((*tokens)[2].type != token::kind::atom || !first.empty()));

        // A mailbox name is refused, or is one argument on one line.
        command_writer naming("A1", options);
        naming.raw("X ").mailbox(first).sp().list_mailbox(second);
        if (const auto named = std::move(naming).finish()) {
            const auto names = read_command(named->bytes, options.utf8_quoted);
            BOOST_TEST_REQUIRE(names.has_value());
            BOOST_TEST_REQUIRE(names->size() == 4u);
        }
    }
    BOOST_TEST(refused > 1000);
}

BOOST_AUTO_TEST_CASE(no_day_and_no_number_that_cannot_be) {
    coimap::date_time moment;
    moment.year = 2024;
    moment.month = 2;
    moment.day = 29;
    BOOST_TEST(encode([&](auto& out) { out.date_time(moment); }).has_value());
    moment.year = 2100;
    BOOST_TEST((encode([&](auto& out) { out.date_time(moment); }).error() == errc::invalid_argument));
    moment.month = 4;
    moment.day = 31;
    BOOST_TEST((encode([&](auto& out) { out.date_time(moment); }).error() == errc::invalid_argument));
    BOOST_TEST(encode([](auto& out) { out.number(0x7fffffffffffffff); }).has_value());
    BOOST_TEST((encode([](auto& out) { out.number(0x8000000000000000); }).error() == errc::invalid_argument));
}

BOOST_AUTO_TEST_SUITE_END()
