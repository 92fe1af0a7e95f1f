// idle() as a state machine: each row of what happens, without a session around it.

#include "coimap/session/idle_machine.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace std::chrono_literals;
using action = idle_machine::action;
using state = idle_machine::state;

namespace {

const time_point start{std::chrono::hours(1)};
const timings usual;

/// One that idles, since `start`.
idle_machine idling() {
    idle_machine machine{usual};
    machine.start(start);
    BOOST_REQUIRE((machine.next(true, true, start) == action::send_idle));
    machine.on_continuation(start);
    BOOST_REQUIRE((machine.at() == state::idling));
    return machine;
}

} // namespace

BOOST_AUTO_TEST_SUITE(session_idle_machine)

BOOST_AUTO_TEST_CASE(off_it_asks_for_nothing_and_has_no_deadline) {
    idle_machine machine{usual};
    BOOST_TEST((machine.next(true, true, start) == action::nothing));
    BOOST_TEST(!machine.deadline(true).has_value());
}

BOOST_AUTO_TEST_CASE(it_waits_for_quiet) {
    idle_machine machine{usual};
    machine.start(start);
    BOOST_TEST((machine.next(false, true, start) == action::nothing));
    BOOST_TEST((machine.next(true, true, start) == action::send_idle));
}

BOOST_AUTO_TEST_CASE(done_waits_for_the_continuation_and_is_sent_once) {
    idle_machine machine{usual};
    machine.start(start);
    machine.next(true, true, start);
    machine.stop(start);
    BOOST_TEST((machine.next(true, true, start) == action::nothing));
    machine.on_continuation(start);
    BOOST_TEST((machine.next(true, true, start) == action::send_done));
    BOOST_TEST((machine.next(true, true, start) == action::nothing));
    machine.on_tagged(true, start);
    BOOST_TEST((machine.next(true, true, start) == action::finished));
}

BOOST_AUTO_TEST_CASE(it_renews_itself_at_its_time) {
    idle_machine machine = idling();
    const time_point due = start + timings().idle_renewal;
    BOOST_TEST((machine.deadline(true) == due));
    BOOST_TEST((machine.next(true, true, due - 1ms) == action::nothing));
    BOOST_TEST((machine.next(true, true, due) == action::send_done));
    machine.on_tagged(true, due);
    BOOST_TEST((machine.next(true, true, due) == action::send_idle));
}

BOOST_AUTO_TEST_CASE(done_that_is_not_answered_is_overdue_after_the_grace) {
    idle_machine machine = idling();
    machine.stop(start);
    machine.next(true, true, start);
    BOOST_TEST(!machine.overdue(start + timings().grace - 1ms));
    BOOST_TEST(machine.overdue(start + timings().grace));
}

BOOST_AUTO_TEST_CASE(a_command_makes_it_step_aside_and_come_back_after_a_pause) {
    idle_machine machine = idling();
    machine.on_command(start);
    BOOST_TEST((machine.next(false, true, start) == action::send_done));
    machine.on_tagged(true, start);
    BOOST_TEST((machine.next(false, true, start) == action::nothing));
    machine.on_command(start); // it has ended
    BOOST_TEST((machine.next(true, true, start) == action::nothing));
    BOOST_TEST((machine.next(true, true, start + timings().idle_resume) == action::send_idle));
}

BOOST_AUTO_TEST_CASE(without_the_capability_it_polls) {
    idle_machine machine{usual};
    machine.start(start);
    BOOST_TEST((machine.next(true, false, start) == action::send_noop));
    BOOST_TEST((machine.next(true, false, start) == action::nothing));
    machine.on_tagged(true, start);
    BOOST_TEST((machine.next(true, false, start + 1s) == action::nothing));
    BOOST_TEST((machine.next(true, false, start + timings().poll_interval) == action::send_noop));
}

BOOST_AUTO_TEST_SUITE_END()
