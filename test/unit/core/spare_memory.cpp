// Memory that is kept for the next taker: sound in any order, and across threads.

#include "coimap/core/spare_memory.hpp"

#include <boost/test/unit_test.hpp>

#include <cstring>
#include <thread>
#include <vector>

using namespace coimap;

BOOST_AUTO_TEST_SUITE(core_spare_memory)

BOOST_AUTO_TEST_CASE(blocks_of_every_size_hold_what_was_written) {
    std::vector<std::pair<char*, std::size_t>> held;
    for (int turn = 0; turn < 3; ++turn) {
        for (std::size_t size = 1; size < 600'000; size = size * 3 / 2 + 1) {
            auto* const memory = static_cast<char*>(take_memory(size));
            std::memset(memory, static_cast<int>(size % 251), size);
            held.emplace_back(memory, size);
        }
        for (const auto& [memory, size] : held) {
            const char expected = static_cast<char>(size % 251);
            BOOST_TEST((memory[0] == expected && memory[size - 1] == expected), size);
            give_memory_back(memory, size);
        }
        held.clear();
    }
    give_memory_back(nullptr, 10'000);
}

BOOST_AUTO_TEST_CASE(what_one_thread_took_another_may_give_back) {
    std::vector<void*> taken;
    for (int i = 0; i < 100; ++i)
        taken.push_back(take_memory(20'000));
    std::thread([&taken] {
        for (void* each : taken)
            give_memory_back(each, 20'000);
    }).join();
    spare_block block = make_spare_block(65'536);
    std::memset(block.get(), 1, 65'536);
}

BOOST_AUTO_TEST_SUITE_END()
