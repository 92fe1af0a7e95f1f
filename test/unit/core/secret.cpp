#include "coimap/core/secret.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <ostream>
#include <type_traits>
#include <utility>

using coimap::secret;

BOOST_AUTO_TEST_SUITE(secret_)

static_assert(!std::is_convertible_v<secret, std::string> &&
              !std::is_convertible_v<secret, std::string_view>);
static_assert(std::is_nothrow_move_constructible_v<secret> && !std::is_aggregate_v<secret>);

template<class T>
concept streamable = requires(const T& value, std::ostream& out) {
    out << value;
};

static_assert(!streamable<secret>, "a secret must not reach a stream");

BOOST_AUTO_TEST_CASE(octets_come_from_whatever_holds_text) {
    const std::string text = "hunter2";
    BOOST_TEST(secret().empty());
    BOOST_TEST(secret(static_cast<const char*>(nullptr)).empty());
    BOOST_TEST(secret("hunter2").reveal() == text);
    BOOST_TEST(secret(std::string_view("a\0b", 3)).size() == 3u);
    BOOST_TEST(secret(text).reveal() == text);
    BOOST_TEST(text == "hunter2", "a copy leaves its source alone");
}

BOOST_AUTO_TEST_CASE(a_source_that_is_moved_in_is_wiped) {
    for (const std::size_t size : {std::size_t{7}, std::size_t{300}}) { // within the string, and allocated
        std::string text(size, 'p');
        const char* const place = text.data();
        const secret held(std::move(text));
        BOOST_TEST(held.reveal() == std::string(size, 'p'));
        BOOST_TEST(text.empty());
        BOOST_TEST_REQUIRE(text.data() == place);
        BOOST_TEST(std::all_of(place, place + size, [](char c) { return c == '\0'; }));
    }
}

BOOST_AUTO_TEST_CASE(wiping_reaches_what_a_longer_value_left_behind) {
    std::string text = "a password of some length, more than fits into the string itself";
    const char* const place = text.data();
    const std::size_t size = text.size();
    text.resize(3);
    coimap::wipe(text);
    BOOST_TEST(text.empty());
    BOOST_TEST(std::all_of(place, place + size, [](char c) { return c == '\0'; }));
}

BOOST_AUTO_TEST_CASE(copies_and_moves_are_values) {
    secret first("one");
    secret second = first;
    BOOST_TEST(first.reveal() == "one");
    secret third = std::move(first);
    BOOST_TEST(first.empty());
    BOOST_TEST(third.reveal() == "one");
    second = secret("two");
    third = second;
    BOOST_TEST(third.reveal() == "two");
    const secret& same = third;
    third = same;
    BOOST_TEST(third.reveal() == "two");
    third.clear();
    BOOST_TEST(third.empty());
    BOOST_TEST(second.reveal() == "two");
}

BOOST_AUTO_TEST_CASE(comparison_in_constant_time_is_right) {
    BOOST_TEST(coimap::equal_in_constant_time("", ""));
    BOOST_TEST(coimap::equal_in_constant_time("abc", "abc"));
    BOOST_TEST(!coimap::equal_in_constant_time("abc", "abd"));
    BOOST_TEST(!coimap::equal_in_constant_time("abc", "xbc"));
    BOOST_TEST(!coimap::equal_in_constant_time("abc", "ab"));
    BOOST_TEST(!coimap::equal_in_constant_time("\x80", std::string_view("\0", 1)));
}

BOOST_AUTO_TEST_SUITE_END()
