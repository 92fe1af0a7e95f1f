// How long an answer is waited for, and what counts as one.

#include "support/scripted_peer.hpp"

namespace coimap::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(client_answers, scripted_peer)

BOOST_AUTO_TEST_CASE(asking_again_and_again_does_not_hide_that_the_server_is_silent) {
    connect();
    const auto first = start(client().noop());
    advance(40s);
    const auto second = start(client().noop());
    advance(30s);
    BOOST_REQUIRE(first->done && second->done);
    BOOST_TEST(first->code() == make_error_code(errc::inactivity_timeout));
}

BOOST_AUTO_TEST_CASE(strays_are_counted_between_answers_not_for_life) {
    connect();
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 60; ++i)
            serve("+ needless\r\n");
        require_usable();
    }
}

BOOST_AUTO_TEST_CASE(a_tag_is_the_one_that_was_sent_or_none) {
    connect();
    const auto noop = start(client().noop());
    const std::string tag = expect("NOOP");
    std::string lower = tag;
    lower.front() = static_cast<char>(lower.front() + ('a' - 'A'));
    const auto digits = tag.find_first_of("0123456789", tag.size() - 1);
    serve(lower + " OK forged\r\n");
    serve(tag.substr(0, digits) + "0" + tag.substr(digits) + " OK forged\r\n");
    BOOST_TEST(!noop->done);
    BOOST_TEST(events_of<events::protocol_defect>().size() == 2u);
    serve(tag + " OK done\r\n");
    BOOST_TEST(noop->done);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace coimap::test
