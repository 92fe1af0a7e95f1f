#include "coimap/model/message_set.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;

BOOST_AUTO_TEST_SUITE(message_sets)

BOOST_AUTO_TEST_CASE(the_last_messages_become_numbers) {
    struct row {
        std::uint32_t count;
        std::uint32_t exists;
        const char* numbers;
    };
    const row rows[] = {{10, 20, "11:20"}, {10, 10, "1:10"}, {10, 3, "1:3"},
                        {1, 7, "7"},       {10, 0, ""},      {0, 5, ""}};
    for (const row& each : rows) {
        const message_set set = message_set(last(each.count)).resolve(each.exists);
        BOOST_TEST(set.to_string() == each.numbers);
        BOOST_TEST(set.empty() == (*each.numbers == '\0'));
        BOOST_TEST(!set.by_uid());
    }
}

BOOST_AUTO_TEST_CASE(the_kind_of_set_chooses_the_form_of_the_command) {
    BOOST_TEST(message_set(uid_set(7)).by_uid());
    BOOST_TEST(message_set(saved_result{}).by_uid());
    BOOST_TEST(!message_set(sequence_set(7)).by_uid());
    BOOST_TEST(!message_set(last(7)).by_uid());
    BOOST_TEST(message_set(saved_result{}).to_string() == "$");
    BOOST_TEST(!message_set(saved_result{}).empty());
    BOOST_TEST(message_set(uid_set()).empty());
}

BOOST_AUTO_TEST_CASE(whether_two_sets_may_have_a_message_in_common) {
    struct row {
        message_set a;
        message_set b;
        bool may;
        const char* why;
    };
    const row rows[] = {
        {uid_set(1, 5), uid_set(6, 9), false, "apart"},
        {uid_set(1, 5), uid_set(5, 9), true, "5 is in both"},
        {sequence_set(1, 5), sequence_set(6, 9), false, "apart"},
        {uid_set(1, 5), sequence_set(6, 9), true, "who knows which UIDs these are"},
        {uid_set(1, 5), uid_set::from(100), true, "100:* has the last message, whatever its UID"},
        {uid_set(1, 5), saved_result{}, true, "only the server knows"},
        {sequence_set(1), last(1), true, "not yet resolved"},
        {uid_set(), uid_set::all(), false, "nothing is in common with nothing"},
    };
    for (const row& each : rows) {
        BOOST_TEST(each.a.may_overlap(each.b) == each.may, each.why);
        BOOST_TEST(each.b.may_overlap(each.a) == each.may, each.why);
    }
}

BOOST_AUTO_TEST_SUITE_END()
