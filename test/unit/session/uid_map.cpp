// The map from sequence numbers to UIDs, against a naive one that holds every number.

#include "coimap/session/uid_map.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <vector>

using namespace coimap;

BOOST_AUTO_TEST_SUITE(session_uid_map)

BOOST_AUTO_TEST_CASE(a_mailbox_without_gaps_costs_one_run) {
    uid_map map;
    for (std::uint32_t i = 1; i <= 100'000; ++i)
        map.learn(i, i + 500);
    BOOST_TEST(map.runs() == 1u);
    BOOST_TEST((map.uid_of(77) == 577u));
    BOOST_TEST((map.number_of(577) == 77u));
    BOOST_TEST(!map.uid_of(100'001).has_value());
    BOOST_TEST(!map.number_of(500).has_value());
}

BOOST_AUTO_TEST_CASE(zero_is_neither_number_nor_uid) {
    uid_map map;
    map.learn(0, 5);
    map.learn(5, 0);
    BOOST_TEST(map.runs() == 0u);
}

BOOST_AUTO_TEST_CASE(random_histories_agree_with_the_naive_map) {
    std::mt19937 random(7);
    for (int history = 0; history < 200; ++history) {
        uid_map map;
        // The mailbox as it is; what the map knows of it is what was told.
        std::vector<std::uint32_t> uids;
        std::vector<bool> told;
        std::uint32_t next_uid = 1;
        for (int step = 0; step < 200; ++step) {
            switch (random() % 4) {
            case 0:
                next_uid += static_cast<std::uint32_t>(1 + random() % 3);
                uids.push_back(next_uid);
                told.push_back(false);
                break;
            case 1:
            case 2:
                if (!uids.empty()) {
                    const auto at = random() % uids.size();
                    map.learn(static_cast<std::uint32_t>(at + 1), uids[at]);
                    told[at] = true;
                }
                break;
            case 3:
                if (!uids.empty()) {
                    const auto at = random() % uids.size();
                    const auto gone = map.expunge(static_cast<std::uint32_t>(at + 1));
                    BOOST_REQUIRE(gone.has_value() == told[at]);
                    BOOST_REQUIRE(!gone || *gone == uids[at]);
                    uids.erase(uids.begin() + static_cast<std::ptrdiff_t>(at));
                    told.erase(told.begin() + static_cast<std::ptrdiff_t>(at));
                }
                break;
            }
            for (std::size_t i = 0; i < uids.size(); ++i) {
                const auto number = static_cast<std::uint32_t>(i + 1);
                const auto uid = map.uid_of(number);
                BOOST_REQUIRE(uid.has_value() == told[i]);
                if (uid) {
                    BOOST_REQUIRE(*uid == uids[i]);
                    BOOST_REQUIRE((map.number_of(*uid) == number));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
