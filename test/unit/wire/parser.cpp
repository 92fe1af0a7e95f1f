// What holds for every response: limits, streamed literals, rules of the program's own, kept responses, and
// that nothing takes more than a time in proportion to its length.

#include "unit/wire/framing.hpp"
#include "unit/wire/reading.hpp"

#include "coimap/wire/lexer.hpp"
#include "coimap/wire/responses/fetch.hpp"
#include "coimap/wire/responses/list.hpp"
#include "coimap/wire/responses/search.hpp"
#include "coimap/wire/rules.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

using coimap::arena;
using coimap::fetch_data;
using coimap::test::read;
using coimap::wire::parse_options;
using coimap::wire::parse_response;

BOOST_AUTO_TEST_SUITE(wire)
BOOST_AUTO_TEST_SUITE(parser)

namespace {

std::string_view first_rule(const std::string& bytes, const parse_options& options = {}) {
    arena memory;
    const auto found = parse_response(bytes, memory, options);
    return found.defects.empty() ? std::string_view() : found.defects.front().rule;
}

std::string repeat(std::string_view text, std::size_t times) {
    std::string result;
    result.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        result += text;
    return result;
}

} // namespace

BOOST_AUTO_TEST_CASE(limits_are_defects_with_names) {
    parse_options options;
    options.limits.list = 3;
    options.limits.nesting = 4;
    options.limits.set_ranges = 3;
    BOOST_TEST(first_rule("* FLAGS (a b c)\r\n", options) == "");
    BOOST_TEST(first_rule("* FLAGS (a b c d)\r\n", options) == "limit.list");
    BOOST_TEST(first_rule("* CAPABILITY a b c d\r\n", options) == "limit.list");
    BOOST_TEST(first_rule("* VANISHED 1,3,5,7\r\n", options) == "limit.set-ranges");
    BOOST_TEST(first_rule("* SEARCH 1 3 5 7 9\r\n", options) == "limit.set-ranges");
    BOOST_TEST(first_rule("* SEARCH 1 2 3 4 5\r\n", options) == "");
    BOOST_TEST(first_rule("* 1 FETCH (X ((((1)))))\r\n", options) == "");
    BOOST_TEST(first_rule("* 1 FETCH (X (((((1))))))\r\n", options) == "limit.nesting");
    BOOST_TEST(first_rule("* 1 FETCH (UID 1 BODYSTRUCTURE " + repeat("(", 1'000'000) + "\r\n") ==
               "limit.nesting");
}

BOOST_AUTO_TEST_CASE(what_is_out_of_all_proportion_is_a_defect) {
    // Two octets that become a part of some hundred.
    const std::string parts = "* 1 FETCH (UID 1 BODYSTRUCTURE (" + repeat("()", 99'000) + " \"MIXED\"))\r\n";
    arena memory;
    const auto large = parse_response(parts, memory, {});
    BOOST_TEST(large.limit == "limit.memory");
    BOOST_TEST(large.as<fetch_data>()->structure == nullptr);
    BOOST_TEST(*large.as<fetch_data>()->uid == 1U);

    // Defects are bounded, and the last says so.
    const std::string flags = "* FLAGS (" + repeat("a]b ", 1000) + "c)\r\n";
    arena another;
    const auto odd = parse_response(flags, another, {});
    BOOST_TEST(odd.defects.size() == 256U);
    BOOST_TEST(odd.defects[254].rule == "flag.special");
    BOOST_TEST(odd.defects[255].rule == "limit.defects");

    BOOST_TEST(first_rule("* ID (" + repeat("\"a\" \"b\" ", 30) + "\"c\" \"d\")\r\n") ==
               "id.too-many-fields");
}

BOOST_AUTO_TEST_CASE(what_no_framer_delimited_is_read_all_the_same) {
    BOOST_TEST(
        read("* 3 EXISTS") ==
        R"({"type":"exists","count":3,"defects":[{"rule":"line-end.missing","offset":10,"bytes":""}]})");
    BOOST_TEST(first_rule("") == "line-end.missing");
}

BOOST_AUTO_TEST_CASE(a_deep_structure_costs_only_itself) {
    const std::string part = "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1)";
    const std::string deep = repeat("(", 110) + part + repeat(" \"MIXED\")", 110);
    arena memory;
    const std::string fits = "* 1 FETCH (BODYSTRUCTURE " + deep + " UID 7)\r\n";
    const auto good = parse_response(fits, memory, {});
    BOOST_TEST(good.defects.empty());
    BOOST_TEST(good.as<fetch_data>()->structure != nullptr);

    const std::string deeper = repeat("(", 5000) + part + repeat(" \"MIXED\")", 5000);
    const std::string too_deep = "* 1 FETCH (BODYSTRUCTURE " + deeper + " UID 7)\r\n";
    const auto bad = parse_response(too_deep, memory, {});
    BOOST_TEST(bad.as<fetch_data>()->structure == nullptr);
    BOOST_TEST(*bad.as<fetch_data>()->uid == 7U);
    BOOST_TEST(bad.defects.front().rule == "limit.nesting");
}

BOOST_AUTO_TEST_CASE(a_streamed_literal_leaves_its_size) {
    const std::string bytes = "* 1 FETCH (BODY[] {1000}\r\n X-A {5}\r\n UID 3)\r\n";
    const std::size_t first = bytes.find('\n') + 1;
    const std::size_t second = bytes.find('\n', first) + 1;
    const coimap::wire::elided_literal elided[] = {{first, 1000}, {second, 5}};
    arena memory;
    const auto found = parse_response(bytes, memory, {}, elided);
    BOOST_TEST(found.defects.empty());
    const auto& fetch = *found.as<fetch_data>();
    BOOST_TEST(*fetch.uid == 3U);
    BOOST_TEST_REQUIRE(fetch.sections.size() == 1);
    BOOST_TEST(fetch.sections[0].streamed);
    BOOST_TEST(fetch.sections[0].size == 1000U);
    BOOST_TEST(!fetch.sections[0].content.has_value());
    BOOST_TEST((fetch.extensions[0].parsed.type == coimap::value::kind::nil));
    BOOST_TEST(fetch.extensions[0].parsed.number == 5U);
}

BOOST_AUTO_TEST_CASE(a_string_that_was_streamed_elsewhere_is_empty) {
    const std::string bytes = "* LIST () \"/\" {5}\r\n\r\n";
    const coimap::wire::elided_literal elided[] = {{bytes.find('\n') + 1, 5}};
    arena memory;
    const auto found = parse_response(bytes, memory, {}, elided);
    BOOST_TEST(found.as<coimap::list_data>()->mailbox.empty());
    BOOST_TEST_REQUIRE(found.defects.size() == 1);
    BOOST_TEST(found.defects[0].rule == "literal.streamed-elsewhere");
}

BOOST_AUTO_TEST_CASE(names_are_utf8_once_that_is_enabled) {
    parse_options options;
    options.utf8_names = true;
    BOOST_TEST(read("* LIST () \"/\" \"caf\xc3\xa9 &AOk-\"\r\n", options) ==
               R"({"type":"list","attributes":[],"delimiter":"/","mailbox":"caf\xc3\xa9 &AOk-"})");
    BOOST_TEST(first_rule("* LIST () \"/\" \"caf\xe9\"\r\n", options) == "mailbox.utf8");
}

namespace {

// A response type of a program's own.
struct quota_root {
    static const coimap::wire::rule rule;
    std::string_view mailbox;
};

// Says only that it failed, not why.
const void* parse_quota_root(coimap::wire::lexer& input, std::uint32_t) {
    auto* const data = input.memory().make<quota_root>();
    data->mailbox = input.atom();
    return data->mailbox.empty() ? nullptr : data;
}

void describe_quota_root(coimap::value_sink& sink, const void* data) {
    field(sink, "mailbox", static_cast<const quota_root*>(data)->mailbox);
}

const coimap::wire::rule quota_root::rule{"QUOTAROOT", parse_quota_root, describe_quota_root};

} // namespace

BOOST_AUTO_TEST_CASE(a_program_brings_its_own_rules) {
    const coimap::wire::rule* const rules[] = {&quota_root::rule};
    parse_options options;
    options.extra_rules = rules;
    options.extra_code_rules = rules;
    BOOST_TEST(read("* quotaroot INBOX\r\n", options) == R"({"type":"quotaroot","mailbox":"INBOX"})");
    BOOST_TEST(first_rule("* QUOTAROOT (\r\n", options) == "response.malformed");
    BOOST_TEST(first_rule("* OK [QUOTAROOT (] b\r\n", options) == "response-code.arguments");
    BOOST_TEST(read("* OK [QUOTAROOT a] b\r\n", options) ==
               R"({"type":"untagged","status":"OK","code":{"name":"QUOTAROOT","mailbox":"a"},"text":"b"})");
}

BOOST_AUTO_TEST_CASE(a_kept_response_lives_on_its_own) {
    coimap::message message;
    {
        std::string bytes = "* 1 FETCH (UID 7 BODY[] {3}\r\nabc FLAGS (\\Seen))\r\n";
        message = coimap::message(coimap::wire::kept_response::parse(bytes, {}));
        bytes.assign(bytes.size(), 'x');
    }
    BOOST_TEST_REQUIRE(bool(message));
    BOOST_TEST(*message->uid == 7U);
    BOOST_TEST(*message->body() == "abc");
    BOOST_TEST(message->flags->is_seen());
    // Another type is none.
    BOOST_TEST(!coimap::kept<coimap::list_data>(coimap::wire::kept_response::parse("* 1 FETCH ()\r\n", {})));
    // More values than the block's own room.
    std::string many = "* 1 FETCH (X-LABELS (";
    for (int i = 0; i < 5000; ++i)
        many += "a ";
    many += "b))\r\n";
    const auto large = coimap::kept<fetch_data>(coimap::wire::kept_response::parse(many, {}));
    BOOST_TEST(large->extensions[0].parsed.items.size() == 5001U);
}

BOOST_AUTO_TEST_CASE(names_of_rules_are_unique) {
    const auto check = [](std::span<const coimap::wire::rule* const> rules) {
        for (const auto* a : rules)
            for (const auto* b : rules)
                BOOST_TEST((a == b || a->name != b->name));
    };
    check(coimap::wire::response_rules());
    check(coimap::wire::code_rules());
}

BOOST_AUTO_TEST_CASE(memory_that_a_large_response_has_left_behind_counts_for_nobody) {
    arena memory;
    memory.allocate(std::size_t{64} << 20, 8);
    memory.reset();
    const auto small = parse_response("* LIST (\\Noselect) \"/\" a\r\n", memory, {});
    BOOST_TEST(small.limit.empty());
    BOOST_TEST((small.as<coimap::list_data>() != nullptr));
}

BOOST_AUTO_TEST_CASE(hostile_lines_take_linear_time) {
    constexpr std::size_t times = 200'000;
    const std::string lines[] = {
        "* 1 FETCH (" + repeat("FLAGS \"a ", times) + ")\r\n",
        "* 1 FETCH (" + repeat("BODY[ ", times) + ")\r\n",
        "* 1 FETCH (" + repeat("BODY[\" ", times) + ")\r\n",
        "* 1 FETCH (" + repeat("X ", times) + "\r\n",
        "* 1 FETCH (" + repeat("X (", times) + "\r\n",
        "* 1 FETCH (" + repeat("X {99} ", times) + "\r\n",
        "* 1 FETCH (ENVELOPE (" + repeat("\"\\\" ", times) + "\r\n",
        "* 1 FETCH (" + repeat("ENVELOPE (\"a\\\") ", times) + "\r\n",
        "* 1 FETCH (BODYSTRUCTURE (" + repeat("(\"A\" (\"", times) + "\r\n",
        "* LIST () \"/\" " + repeat("a (", times) + "\r\n",
        "* OK [" + repeat("{1} ", times) + "\r\n",
        "* OK [X " + repeat("{1} ", times) + "\r\n",
        "* ESEARCH " + repeat("(TAG ", times) + "\r\n",
        "* SEARCH " + repeat("x (", times) + "\r\n",
        "* NAMESPACE " + repeat("((\"", times) + "\r\n",
        "* ID (" + repeat("\"a\"b ", times) + "\r\n",
        "* STATUS " + repeat("\"a ", times) + "(\r\n",
        std::string(times, '\0') + "\r\n",
    };
    for (const std::string& line : lines) {
        BOOST_TEST_INFO(line.substr(0, 40));
        arena memory;
        const auto start = std::chrono::steady_clock::now();
        parse_response(line, memory, {});
        BOOST_TEST(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() < 5.0);
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
