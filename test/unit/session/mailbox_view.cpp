// What is known of the selected mailbox, under every response that changes it.

#include "coimap/session/mailbox_view.hpp"
#include "coimap/core/arena.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace coimap;

namespace {

struct viewed : mailbox_view {
    std::optional<event> hear(const std::string& line) {
        arena memory;
        const std::string bytes = line + "\r\n";
        return apply(wire::parse_response(bytes, memory, wire::parse_options()));
    }

    void hear_all(std::initializer_list<const char*> lines) {
        for (const char* line : lines)
            hear(line);
    }
};

template<class Event>
bool is(const std::optional<event>& what) {
    return what && std::holds_alternative<Event>(*what);
}

} // namespace

BOOST_AUTO_TEST_SUITE(session_mailbox_view)

BOOST_AUTO_TEST_CASE(it_holds_what_the_answer_to_select_tells) {
    viewed view;
    view.hear_all({"* 172 EXISTS", "* 1 RECENT", "* OK [UIDVALIDITY 3857529045] valid",
                   "* OK [UIDNEXT 4392] next", "* OK [HIGHESTMODSEQ 715194045007] highest"});
    BOOST_TEST(view.exists() == 172u);
    BOOST_TEST(view.recent() == 1u);
    BOOST_TEST(view.uid_validity() == 3857529045u);
    BOOST_TEST(view.uid_next() == 4392u);
    BOOST_TEST(view.highest_modseq() == 715194045007u);
}

BOOST_AUTO_TEST_CASE(numbers_move_down_behind_an_expunged_message) {
    viewed view;
    view.hear_all({"* 4 EXISTS", "* 1 FETCH (UID 11)", "* 2 FETCH (UID 12)", "* 3 FETCH (UID 13)"});
    const auto gone = view.hear("* 2 EXPUNGE");
    BOOST_REQUIRE(is<events::expunged>(gone));
    BOOST_TEST(std::get<events::expunged>(*gone).uid.value() == 12u);
    BOOST_TEST(view.exists() == 3u);
    BOOST_TEST(view.uids().uid_of(1).value() == 11u);
    BOOST_TEST(view.uids().uid_of(2).value() == 13u);
    BOOST_TEST(!view.uids().uid_of(3).has_value());
}

BOOST_AUTO_TEST_CASE(vanished_messages_take_their_numbers_with_them) {
    viewed view;
    view.hear_all({"* 3 EXISTS", "* 1 FETCH (UID 11)", "* 2 FETCH (UID 12)", "* 3 FETCH (UID 13)"});
    BOOST_TEST(is<events::vanished>(view.hear("* VANISHED 12")));
    BOOST_TEST(view.exists() == 2u);
    BOOST_TEST(view.uids().uid_of(2).value() == 13u);
    BOOST_TEST(is<events::vanished>(view.hear("* VANISHED (EARLIER) 1:10")));
    BOOST_TEST(view.exists() == 2u, "what had gone before is not counted again");
    view.hear("* VANISHED 1:4294967295");
    BOOST_TEST(view.exists() == 0u, "no more can vanish than there were");
    BOOST_TEST(!view.uids().uid_of(1).has_value());
}

BOOST_AUTO_TEST_CASE(numbers_outside_the_mailbox_change_nothing) {
    viewed view;
    view.hear("* 2 EXISTS");
    for (const char* line : {"* 0 EXPUNGE", "* 3 EXPUNGE", "* 4294967295 EXPUNGE", "* 0 FETCH (UID 5)"})
        BOOST_TEST(is<events::protocol_defect>(view.hear(line)), line);
    BOOST_TEST(view.exists() == 2u);
}

BOOST_AUTO_TEST_CASE(a_smaller_exists_forgets_what_lies_behind_it) {
    viewed view;
    view.hear_all({"* 3 EXISTS", "* 3 FETCH (UID 13)", "* 1 FETCH (UID 11)"});
    view.hear("* 2 EXISTS");
    BOOST_TEST(!view.uids().uid_of(3).has_value());
    BOOST_TEST(view.uids().uid_of(1).value() == 11u);
}

BOOST_AUTO_TEST_CASE(the_mode_is_an_event_only_when_it_changes) {
    viewed view;
    BOOST_TEST(!view.hear("* OK [READ-WRITE] as before").has_value());
    BOOST_TEST(is<events::mode_changed>(view.hear("* OK [READ-ONLY] from now on")));
    BOOST_TEST(view.read_only());
    BOOST_TEST(!view.hear("* OK [READ-ONLY] still").has_value());
}

BOOST_AUTO_TEST_CASE(the_highest_modseq_never_falls_by_a_message) {
    viewed view;
    view.hear_all({"* 2 EXISTS", "* OK [HIGHESTMODSEQ 100] x", "* 1 FETCH (FLAGS () MODSEQ (120))",
                   "* 2 FETCH (FLAGS () MODSEQ (90))"});
    BOOST_TEST(view.highest_modseq() == 120u);
}

BOOST_AUTO_TEST_SUITE_END()
