#include "coimap/model/number_set.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <random>
#include <set>

using namespace coimap;

namespace {

number_ranges ranges(std::string_view text) {
    return text.empty() ? number_ranges() : number_ranges::parse(text).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(number_set)

BOOST_AUTO_TEST_CASE(sets_are_read_and_written_in_one_normal_form) {
    struct row {
        const char* text;
        const char* normal;
        const char* why;
    };
    const row rows[] = {
        {"1", "1", "one number"},
        {"1:5,7,10:*", "1:5,7,10:*", "the normal form stays"},
        {"*", "*", "the last message"},
        {"*:10", "10:*", "reversed with a star"},
        {"9:3", "3:9", "exmail.qq refuses descending ranges"},
        {"3,1,2", "1:3", "neighbours are joined"},
        {"1:4,2:9,9", "1:9", "what overlaps is joined"},
        {"5,5,5", "5", "no number is there twice"},
        {"1:4294967295", "1:*", "the largest number and * are one"},
        {"007", "7", "leading zeros"},
        {"4294967294,*", "4294967294:*", "joined at the end of the numbers"},
    };
    for (const row& each : rows) {
        const auto set = number_ranges::parse(each.text);
        BOOST_TEST_REQUIRE(set.has_value(), each.text);
        BOOST_TEST(set->to_string() == each.normal, each.why);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_set_is_refused) {
    struct row {
        std::string_view text;
        errc error;
        const char* why;
    };
    using namespace std::string_view_literals;
    const row rows[] = {
        {"", errc::invalid_argument, "empty"},
        {"0", errc::invalid_argument, "zero is no message"},
        {"0:5", errc::invalid_argument, "zero in a range"},
        {"1,", errc::invalid_argument, "a comma too many"},
        {",1", errc::invalid_argument, "a comma in front"},
        {"1:", errc::invalid_argument, "no end"},
        {"1:2:3", errc::invalid_argument, "two colons"},
        {"1 ", errc::invalid_argument, "a space"},
        {"-1", errc::invalid_argument, "a sign"},
        {"1\r\nX1 XPWNED"sv, errc::invalid_argument, "a second command (inject:set)"},
        {"1\0"sv, errc::invalid_argument, "a NUL"},
        {"$", errc::invalid_argument, "the saved result is no set of numbers"},
        {"4294967296", errc::number_out_of_range, "33 bits"},
        {"18446744073709551617", errc::number_out_of_range, "65 bits would wrap to 1"},
    };
    for (const row& each : rows)
        BOOST_TEST((number_ranges::parse(each.text).error() == each.error), each.why);
    BOOST_TEST((number_ranges::parse("1,3,5", 2).error() == errc::list_too_long));
    BOOST_CHECK_THROW(uid_set("1\r\nX1 XPWNED"), error);
}

BOOST_AUTO_TEST_CASE(zero_is_left_out_of_what_a_program_builds) {
    BOOST_TEST(uid_set(0u).empty());
    BOOST_TEST(uid_set(0, 0).empty());
    BOOST_TEST(uid_set(0, 5).to_string() == "1:5");
    BOOST_TEST(number_ranges({{0, 0}, {7, 0}}).to_string() == "1:7");
}

BOOST_AUTO_TEST_CASE(algebra) {
    struct row {
        const char* a;
        const char* b;
        const char* both;
        const char* common;
        const char* a_less_b;
    };
    const row rows[] = {
        {"1:5", "3:9", "1:9", "3:5", "1:2"},
        {"1:5", "7", "1:5,7", "", "1:5"},
        {"1:5", "6", "1:6", "", "1:5"},
        {"1:10", "3,5:6", "1:10", "3,5:6", "1:2,4,7:10"},
        {"1:*", "10:20", "1:*", "10:20", "1:9,21:*"},
        {"1:*", "1:*", "1:*", "1:*", ""},
        {"5", "", "5", "", "5"},
        {"", "5", "5", "", ""},
        {"1:3,7:9,12", "2:8", "1:9,12", "2:3,7:8", "1,9,12"},
        {"1:3,7:9", "1:9", "1:9", "1:3,7:9", ""},
        {"10:*", "*", "10:*", "*", "10:4294967294"},
    };
    for (const row& each : rows) {
        const auto a = ranges(each.a);
        const auto b = ranges(each.b);
        BOOST_TEST(number_ranges::unite(a, b).to_string() == each.both);
        BOOST_TEST(number_ranges::intersect(a, b).to_string() == each.common);
        BOOST_TEST(number_ranges::subtract(a, b).to_string() == each.a_less_b);
        BOOST_TEST(a.intersects(b) == !std::string_view(each.common).empty());
    }
}

BOOST_AUTO_TEST_CASE(agrees_with_a_set_of_single_numbers) {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        number_ranges set;
        std::set<std::uint32_t> plain;
        for (int step = 0; step < 40; ++step) {
            const auto first = static_cast<std::uint32_t>(1 + random() % 60);
            const auto last = static_cast<std::uint32_t>(first + random() % 6);
            if (random() % 3 == 0) {
                set.erase({first, last});
                for (auto n = first; n <= last; ++n)
                    plain.erase(n);
            } else {
                set.insert(number_range{first, last});
                for (auto n = first; n <= last; ++n)
                    plain.insert(n);
            }
            BOOST_TEST_REQUIRE(set.count() == plain.size());
        }
        for (std::uint32_t n = 1; n < 70; ++n)
            BOOST_TEST_REQUIRE(set.contains(n) == (plain.count(n) == 1));
        const auto& in_order = set.ranges();
        for (std::size_t i = 1; i < in_order.size(); ++i)
            BOOST_TEST_REQUIRE(in_order[i].first > in_order[i - 1].last + 1); // neither touch nor overlap
        if (!set.empty())
            BOOST_TEST((number_ranges::parse(set.to_string()).value() == set));
    }
}

BOOST_AUTO_TEST_CASE(pieces_are_short_enough_and_lose_nothing) {
    number_ranges set;
    for (std::uint32_t n = 1; n < 5000; n += 3)
        set.insert(number_range{n, n + n % 2});
    number_ranges whole;
    for (const auto& piece : set.chunks_by_length(100)) {
        BOOST_TEST(piece.to_string().size() <= 100u);
        whole = number_ranges::unite(whole, piece);
    }
    BOOST_TEST((whole == set));
    BOOST_TEST(ranges("1000000:2000000").chunks_by_length(3).size() == 1u); // one range cannot be cut shorter

    std::vector<std::string> written;
    for (const auto& piece : ranges("1:5,8:9,20:*").chunks_by_count(3))
        written.push_back(piece.to_string());
    const std::vector<std::string> expected{"1:3", "4:5,8", "9,20:*"};
    BOOST_TEST(written == expected, boost::test_tools::per_element());
    BOOST_TEST(ranges("1:9").chunks_by_count(3).size() == 3u);
    BOOST_TEST(number_ranges().chunks_by_count(3).empty());
}

BOOST_AUTO_TEST_CASE(a_million_numbers_in_ascending_order_are_cheap) {
    const auto begin = std::chrono::steady_clock::now();
    uid_set set;
    for (std::uint32_t n = 1; n <= 2'000'000; n += 2)
        set.insert(n);
    BOOST_TEST(set.count() == 1'000'000u);
    std::size_t found = 0;
    for (std::uint32_t n = 1; n <= 200'000; ++n)
        found += set.contains(n);
    BOOST_TEST(found == 100'000u);
    const bool quick = std::chrono::steady_clock::now() - begin < std::chrono::seconds(5);
    BOOST_TEST(quick); // generous: with a sanitizer and on a busy machine; quadratic would take hours
}

BOOST_AUTO_TEST_CASE(a_range_list_keeps_the_order_of_the_server) {
    const number_range sent[] = {{319, 320}, {304, 304}};
    const range_list list{sent, 2};
    BOOST_TEST(list.count() == 3u);
    BOOST_TEST(list.contains(304));
    BOOST_TEST(!list.contains(305));
    BOOST_TEST(list.uids().to_string() == "304,319:320");
    BOOST_TEST((list.sequence_numbers() == sequence_set("304,319:320")));
}

BOOST_AUTO_TEST_SUITE_END()
