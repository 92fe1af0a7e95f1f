// The commands of a connection: found by their tags, in their order, dropped when they are done.

#include "coimap/session/in_flight.hpp"
#include "coimap/session/commands/noop.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;

namespace {

std::shared_ptr<command> noop() {
    return std::make_shared<commands::noop_command>();
}

} // namespace

BOOST_AUTO_TEST_SUITE(session_in_flight)

BOOST_AUTO_TEST_CASE(a_command_is_found_by_its_tag_as_it_was_sent_and_by_no_other) {
    in_flight_table table("Cx");
    const command_id first = table.append(noop()).id;
    const command_id second = table.append(noop()).id;
    BOOST_TEST(table.tag(second) == "Cx" + std::to_string(second));
    BOOST_TEST(table.find(std::string_view("Cx2"))->id == second);
    for (const std::string_view wrong :
         {"Cx02", "cx2", "Cx", "2", "Cx3", "Cx-1", "Cx18446744073709551618", ""})
        BOOST_TEST((table.find(wrong) == nullptr), wrong);

    table.start(*table.find(first));
    table.finish(*table.find(first));
    BOOST_TEST((table.find(first) == nullptr));
    BOOST_TEST((table.find(std::string_view("Cx1")) == nullptr), "an answer is given once");
    BOOST_TEST(table.find(second)->id == second);
}

BOOST_AUTO_TEST_CASE(what_was_removed_in_the_middle_is_passed_over) {
    in_flight_table table("C");
    const command_id first = table.append(noop()).id;
    const command_id second = table.append(noop()).id;
    const command_id third = table.append(noop()).id;
    table.finish(*table.find(second));
    BOOST_TEST(table.waiting() == 2u);
    BOOST_TEST(table.next_queued()->id == first);
    table.start(*table.find(first));
    BOOST_TEST(table.next_queued()->id == third);
    table.start(*table.find(third));
    BOOST_TEST((table.next_queued() == nullptr));
    BOOST_TEST(table.under_way() == 2u);
    table.finish(*table.find(third));
    table.finish(*table.find(first));
    BOOST_TEST(table.empty());
    BOOST_TEST((table.begin() == table.end()), "nothing is kept of what is done");
}

BOOST_AUTO_TEST_CASE(a_table_that_is_never_empty_keeps_its_commands_apart_from_those_that_are_done) {
    in_flight_table table("C");
    command_id oldest = table.append(noop()).id;
    for (int i = 0; i < 100; ++i) {
        table.append(noop());
        const command_id newest = table.append(noop()).id;
        BOOST_TEST(table.next_queued()->id == oldest);
        for (int answered = 0; answered < 2; ++answered, ++oldest) {
            table.start(*table.find(oldest));
            table.finish(*table.find(oldest));
        }
        BOOST_TEST(table.find(newest)->id == newest);
        BOOST_TEST(table.begin()->id == oldest);
        BOOST_TEST((table.end() - table.begin()) == 1);
    }
}

BOOST_AUTO_TEST_CASE(as_long_as_one_that_changes_the_session_is_open_it_is_known) {
    in_flight_table table("C");
    const command_id plain = table.append(noop()).id;
    BOOST_TEST(!table.session_changes());
    const command_id changing = table.append(noop(), true).id;
    BOOST_TEST(table.session_changes());
    table.finish(*table.find(plain));
    BOOST_TEST(table.session_changes());
    table.start(*table.find(changing));
    table.finish(*table.find(changing));
    BOOST_TEST(!table.session_changes());
}

BOOST_AUTO_TEST_CASE(dropped_octets_leave_behind_that_they_were_secret) {
    command_entry entry;
    entry.octets.secret = true;
    entry.octets.bytes.assign(200, 's');
    entry.drop_octets();
    BOOST_TEST(entry.octets.bytes.empty());
    BOOST_TEST(entry.octets.secret, "the trace has to know as long as the answer is due");
}

BOOST_AUTO_TEST_SUITE_END()
