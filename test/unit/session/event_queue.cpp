// The bounded queue between the session and the application.

#include "coimap/session/event_queue.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;

BOOST_AUTO_TEST_SUITE(session_event_queue)

BOOST_AUTO_TEST_CASE(exists_in_a_row_become_one_that_spans_them) {
    event_queue queue(10, 100'000);
    queue.push(events::exists{4, 3});
    queue.push(events::exists{6, 4});
    BOOST_TEST(queue.size() == 1u);
    const event only = queue.pop();
    const auto& merged = std::get<events::exists>(only);
    BOOST_TEST(merged.count == 6u);
    BOOST_TEST(merged.previous == 3u);
}

BOOST_AUTO_TEST_CASE(an_expunge_between_keeps_them_apart) {
    event_queue queue(10, 100'000);
    queue.push(events::exists{4, 3});
    queue.push(events::expunged{1, std::nullopt});
    queue.push(events::exists{4, 3});
    BOOST_TEST(queue.size() == 3u);
}

BOOST_AUTO_TEST_CASE(what_finds_no_room_is_counted_in_its_place_and_the_end_always_finds_room) {
    event_queue queue(2, 100'000);
    for (std::uint32_t i = 1; i <= 10; ++i)
        queue.push(events::expunged{i, std::nullopt});
    queue.push(events::closed{});
    BOOST_TEST(std::get<events::expunged>(queue.pop()).sequence_number == 1u);
    BOOST_TEST(std::get<events::expunged>(queue.pop()).sequence_number == 2u);
    BOOST_TEST(std::get<events::events_lost>(queue.pop()).count == 8u);
    BOOST_TEST(std::holds_alternative<events::closed>(queue.pop()));
    BOOST_TEST(queue.empty());
}

BOOST_AUTO_TEST_CASE(large_events_are_bounded_by_what_they_occupy) {
    event_queue queue(1000, 10'000);
    for (int i = 0; i < 100; ++i)
        queue.push(events::alert{std::string(1000, 'x'), false});
    std::size_t kept = 0;
    std::uint64_t lost = 0;
    while (!queue.empty()) {
        const event next = queue.pop();
        if (const auto* marker = std::get_if<events::events_lost>(&next))
            lost += marker->count;
        else
            ++kept;
    }
    BOOST_TEST(kept < 10u);
    BOOST_TEST(kept + lost == 100u);
    queue.push(events::alert{std::string(1000, 'x'), false});
    const event first_again = queue.pop();
    BOOST_TEST(std::holds_alternative<events::alert>(first_again), "what was taken makes room");
}

BOOST_AUTO_TEST_SUITE_END()
