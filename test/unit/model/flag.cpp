// Flags: what may be sent as one, and how they compare.

#include "coimap/model/flag.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

using namespace coimap;

BOOST_AUTO_TEST_SUITE(model)
BOOST_AUTO_TEST_SUITE(flag_values)

BOOST_AUTO_TEST_CASE(a_flag_is_an_atom_perhaps_behind_a_backslash) {
    for (const std::string_view good : {"\\Seen", "$Forwarded", "a", "keyword[1", "a-b.c"})
        BOOST_TEST(bool(flag::make(good)), good);
    for (const std::string_view bad :
         {"", "\\", "a b", "a)", "a\r\nb", "\\\\Seen", "\\*", "a\"", "a]", "caf\xc3\xa9", "a%", "{3}"})
        BOOST_TEST(!flag::make(bad), bad);
    BOOST_TEST(!flag::make(std::string_view("a\0b", 3)));
    BOOST_CHECK_THROW(flag("a b"), coimap::error);
}

BOOST_AUTO_TEST_CASE(flags_compare_without_case) {
    BOOST_TEST((flag("\\SEEN") == flags::seen));
    BOOST_TEST(!(flag("Seen") == flags::seen));
    const flag_set both = flags::seen | flags::draft;
    BOOST_TEST(both.values().size() == 2U);
    const std::string_view names[] = {"\\Seen", "$Junk"};
    flag_list list;
    list.names = {names, 2};
    BOOST_TEST(list.has("\\seen"));
    BOOST_TEST(!list.has("\\Draft"));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
