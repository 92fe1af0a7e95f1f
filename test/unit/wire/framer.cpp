// The framer: where responses end, however the input is cut, and what its budgets refuse.

#include "coimap/wire/framer.hpp"

#include "unit/wire/framing.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace std::string_literals;
using coimap::errc;
using coimap::test::frame_all;
using coimap::test::framed;

BOOST_AUTO_TEST_SUITE(wire)
BOOST_AUTO_TEST_SUITE(framer)

namespace {

struct row {
    const char* why;
    std::string input;
    std::vector<std::string> responses;
    std::string left;
};

const std::vector<row>& rows() {
    static const std::vector<row> all = {
        {"two lines", "* 1 EXISTS\r\nA1 OK\r\n", {"* 1 EXISTS\r\n", "A1 OK\r\n"}, ""},
        {"half a line", "* 1 EXI", {}, "* 1 EXI"},
        {"a line end cut in half", "* 1 EXISTS\r", {}, "* 1 EXISTS\r"},
        {"a bare LF", "* 1 EXISTS\nA1 OK\n", {"* 1 EXISTS\n", "A1 OK\n"}, ""},
        {"blank lines are responses of their own", "\r\n\n* OK\r\n", {"\r\n", "\n", "* OK\r\n"}, ""},
        {"a literal with a line end in it",
         "* 1 FETCH (BODY[] {4}\r\na\r\nb)\r\n* OK\r\n",
         {"* 1 FETCH (BODY[] {4}\r\na\r\nb)\r\n", "* OK\r\n"},
         ""},
        {"an empty literal", "* 1 FETCH (BODY[] {0}\r\n)\r\n", {"* 1 FETCH (BODY[] {0}\r\n)\r\n"}, ""},
        {"a literal behind a literal",
         "* LIST () {1}\r\n/{2}\r\nab\r\n",
         {"* LIST () {1}\r\n/{2}\r\nab\r\n"},
         ""},
        {"literal8 and the client's form",
         "* 1 FETCH (A ~{1}\r\n\0B {1+}\r\nb)\r\n"s,
         {"* 1 FETCH (A ~{1}\r\n\0B {1+}\r\nb)\r\n"s},
         ""},
        {"leading zeros", "* X {002}\r\nab\r\n", {"* X {002}\r\nab\r\n"}, ""},
        {"a negative size is none (Free)", "* X {-1}\r\n\r\n", {"* X {-1}\r\n\r\n"}, ""},
        {"spaces behind the marker (Domino)", "* X {2}  \r\n\r\n)\r\n", {"* X {2}  \r\n\r\n)\r\n"}, ""},
        {"a marker with LF", "* X {2}\nab\n", {"* X {2}\nab\n"}, ""},
        {"no markers", "* X {}\r\n* X {a}\r\n* X 2}\r\n", {"* X {}\r\n", "* X {a}\r\n", "* X 2}\r\n"}, ""},
        {"a marker in text", "* OK see {10}\r\nA1 NO {3}\r\n", {"* OK see {10}\r\n", "A1 NO {3}\r\n"}, ""},
        {"a marker in a continuation", "+ {3}\r\n* OK\r\n", {"+ {3}\r\n", "* OK\r\n"}, ""},
        {"a literal in a code", "* OK [X {3}\r\n]\r\n] t {9}\r\n", {"* OK [X {3}\r\n]\r\n] t {9}\r\n"}, ""},
        {"a marker behind a code",
         "* NO [X y] t {9}\r\nA1 OK\r\n",
         {"* NO [X y] t {9}\r\n", "A1 OK\r\n"},
         ""},
        {"a marker in text behind two spaces",
         "*  OK see {9}\r\n* OK  see {9}\r\nA1  NO {9}\r\n",
         {"*  OK see {9}\r\n", "* OK  see {9}\r\n", "A1  NO {9}\r\n"},
         ""},
        {"a marker in text without a condition",
         "* [ALERT] x {9}\r\n[ALERT] x {9}\r\n*OK {9}\r\n* 3 OK {9}\r\n",
         {"* [ALERT] x {9}\r\n", "[ALERT] x {9}\r\n", "*OK {9}\r\n", "* 3 OK {9}\r\n"},
         ""},
        {"a marker in what is no code",
         "* OK [a=\"b {9}\r\n* OK [X a{9}\r\nA1 OK\r\n",
         {"* OK [a=\"b {9}\r\n", "* OK [X a{9}\r\n", "A1 OK\r\n"},
         ""},
        {"a marker in a line without sense",
         "Server Unavailable {9}\r\n* OK\r\n",
         {"Server Unavailable {9}\r\n", "* OK\r\n"},
         ""},
        {"a quoted bracket and a literal in a code",
         "* NO [X \"]\" {2}\r\n]]] t {9}\r\n* OK\r\n",
         {"* NO [X \"]\" {2}\r\n]]] t {9}\r\n", "* OK\r\n"},
         ""},
        {"a name that looks like a status", "* LIST () {2}\r\nOK\r\n", {"* LIST () {2}\r\nOK\r\n"}, ""},
        {"a literal two octets short (Domino)",
         "* 1 FETCH (BODY[] {2}\r\nab\r\n)\r\nA1 OK x\r\n",
         {"* 1 FETCH (BODY[] {2}\r\nab\r\n)\r\n", "A1 OK x\r\n"},
         ""},
        {"a literal one octet short (Domino)",
         "* 1 FETCH (BODY[] {3}\r\nab\r\n UID 5)\r\nA1 OK x\r\n",
         {"* 1 FETCH (BODY[] {3}\r\nab\r\n UID 5)\r\n", "A1 OK x\r\n"},
         ""},
        {"a literal in an unknown response",
         "* XFOO {4}\r\n\r\nA1 x\r\nA1 OK x\r\n",
         {"* XFOO {4}\r\n\r\nA1 x\r\n", "A1 OK x\r\n"},
         ""},
        {"a literal as a field name of a section",
         "* 1 FETCH (BODY[HEADER.FIELDS ({3}\r\nA]B)] {1}\r\n))\r\nA1 OK x\r\n",
         {"* 1 FETCH (BODY[HEADER.FIELDS ({3}\r\nA]B)] {1}\r\n))\r\n", "A1 OK x\r\n"},
         ""},
        {"a list that never closes, before untagged data",
         "* 1 FETCH (BODY[] {2}\r\nab\r\n* 2 EXISTS\r\n",
         {"* 1 FETCH (BODY[] {2}\r\nab\r\n", "* 2 EXISTS\r\n"},
         ""},
        {"a list that never closes, before the tagged answer",
         "* 1 FETCH (BODY[] {2}\r\nab\r\nA7 OK done\r\n",
         {"* 1 FETCH (BODY[] {2}\r\nab\r\n", "A7 OK done\r\n"},
         ""},
        {"leading NULs", "\0\0* OK {3}\r\n"s, {"\0\0* OK {3}\r\n"s}, ""},
    };
    return all;
}

void check(const row& each, const framed& found) {
    BOOST_TEST_INFO(each.why);
    BOOST_TEST(!found.error);
    BOOST_TEST_INFO(each.why);
    BOOST_TEST(found.responses == each.responses, boost::test_tools::per_element());
    BOOST_TEST(found.left == each.left);
}

std::error_code error_of(std::string_view input, const coimap::limits& limits, std::uint64_t keep = ~0ULL) {
    const framed whole = frame_all(input, {}, keep, limits);
    std::vector<std::size_t> each_octet;
    for (std::size_t i = 1; i < input.size(); ++i)
        each_octet.push_back(i);
    const framed pieces = frame_all(input, each_octet, keep, limits);
    BOOST_TEST(whole.error == pieces.error);
    BOOST_TEST(whole.responses == pieces.responses, boost::test_tools::per_element());
    return whole.error;
}

} // namespace

BOOST_AUTO_TEST_CASE(any_cut_gives_the_same_frames) {
    for (const row& each : rows()) {
        check(each, frame_all(each.input, {}));
        std::vector<std::size_t> every;
        for (std::size_t cut = 1; cut < each.input.size(); ++cut) {
            check(each, frame_all(each.input, {cut}));
            every.push_back(cut);
        }
        check(each, frame_all(each.input, every));
    }
}

BOOST_AUTO_TEST_CASE(any_cut_of_all_in_a_row_gives_the_same_frames) {
    std::string input;
    for (const row& each : rows())
        if (each.left.empty())
            input += each.input;
    const framed whole = frame_all(input, {});
    for (std::size_t cut = 1; cut < input.size(); ++cut) {
        const framed pieces = frame_all(input, {cut});
        BOOST_TEST(pieces.responses == whole.responses);
    }
}

BOOST_AUTO_TEST_CASE(a_taken_literal_never_stands_in_the_buffer) {
    const std::string input = "* 1 FETCH (A {5}\r\nab)\r\n B {2}\r\nxy)\r\n* 2 EXISTS\r\n";
    for (std::size_t cut = 1; cut < input.size(); ++cut) {
        const framed found = frame_all(input, {cut}, 3);
        BOOST_TEST_REQUIRE(found.responses.size() == 2);
        BOOST_TEST(found.responses[0] == "* 1 FETCH (A {5}\r\n<5> B {2}\r\nxy)\r\n");
        BOOST_TEST(found.responses[1] == "* 2 EXISTS\r\n");
    }
}

BOOST_AUTO_TEST_CASE(the_question_stays_until_it_is_answered) {
    coimap::wire::framer framer{coimap::limits{}};
    const std::string_view input = "* 1 FETCH (A {2}\r\nab)\r\n";
    for (int i = 0; i < 3; ++i) {
        const auto frame = framer.advance(input);
        BOOST_TEST((frame.type == coimap::wire::frame::kind::literal));
        BOOST_TEST(frame.size == 18U);
        BOOST_TEST(frame.literal == 2U);
    }
    framer.keep_literal();
    BOOST_TEST((framer.advance(input).type == coimap::wire::frame::kind::complete));
}

BOOST_AUTO_TEST_CASE(budgets) {
    coimap::limits limits;
    limits.response_line = 20;
    limits.literal = 30;
    limits.response = 60;
    BOOST_TEST(error_of("* OK 345678901234567", limits) == std::error_code());
    BOOST_TEST(error_of("* OK 34567890123456789", limits) == errc::line_too_long);
    BOOST_TEST(error_of("* OK 3456789012345678901\r\n", limits) == errc::line_too_long);
    BOOST_TEST(error_of("* X {31}\r\nabc", limits) == errc::literal_too_large);
    BOOST_TEST(error_of("* X {30}\r\n" + std::string(30, 'a') + "\r\n", limits) == std::error_code());
    BOOST_TEST(error_of("* X {30}\r\n" + std::string(30, 'a') + "{30}\r\n", limits) ==
               errc::response_too_large);
    BOOST_TEST(error_of("* X {9223372036854775808}\r\n", coimap::limits{}) == errc::literal_too_large);
    BOOST_TEST(error_of("* X {99999999999999999999999}\r\n", coimap::limits{}) == errc::literal_too_large);
    // What streams has no limit.
    BOOST_TEST(error_of("* X {9223372036854775807}\r\n", coimap::limits{}, 0) == std::error_code());
}

BOOST_AUTO_TEST_CASE(every_octet_is_looked_at_once) {
    const auto seconds = [](std::size_t literals) {
        std::string input = "* 1 FETCH (";
        for (std::size_t i = 0; i < literals; ++i)
            input += "A {1}\r\nb ";
        input += ")\r\n";
        coimap::wire::framer framer{coimap::limits{}};
        const auto start = std::chrono::steady_clock::now();
        for (std::size_t size = 1; size <= input.size(); size += 7)
            while (framer.advance(std::string_view(input).substr(0, size)).type ==
                   coimap::wire::frame::kind::literal)
                framer.keep_literal();
        while (framer.advance(input).type == coimap::wire::frame::kind::literal)
            framer.keep_literal();
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    // Rescanning for each literal would take minutes.
    BOOST_TEST(seconds(200'000) < 20.0);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
