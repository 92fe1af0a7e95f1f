// How often the parser asks for memory: never while it streams, once for a message that is kept.

#include "coimap/core/arena.hpp"
#include "coimap/wire/framer.hpp"
#include "coimap/wire/kept.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <new>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::size_t allocations = 0;

} // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size == 0 ? 1 : size))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace {

using namespace coimap;

struct recorded {
    recorded() {
        std::ifstream file(COIMAP_METADATA, std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        octets = text.str();
    }

    /// Frames all of it, and says how many responses there were.
    template<class Take>
    std::size_t each(Take take) {
        std::string_view left = octets;
        std::size_t count = 0;
        for (wire::frame frame; !left.empty();) {
            frame = framer.advance(left);
            if (frame.type == wire::frame::kind::literal) {
                framer.keep_literal();
                continue;
            }
            BOOST_REQUIRE((frame.type == wire::frame::kind::complete));
            take(left.substr(0, frame.size));
            left.remove_prefix(frame.size);
            framer.reset();
            ++count;
        }
        return count;
    }

    std::string octets;
    limits budget;
    wire::framer framer{budget};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(allocating, recorded)

BOOST_AUTO_TEST_CASE(a_response_that_is_not_kept_allocates_nothing) {
    const wire::parse_options options;
    arena memory;
    const auto parse = [&](std::string_view one) {
        memory.reset();
        wire::parse_response(one, memory, options);
    };
    each(parse); // until the arena has its size
    const std::size_t before = allocations;
    const std::size_t count = each(parse);
    const std::size_t asked = allocations - before;
    BOOST_TEST(count == 200U);
    BOOST_TEST(asked == 0U);
}

BOOST_AUTO_TEST_CASE(a_message_that_is_kept_is_one_block_or_two) {
    const wire::parse_options options;
    std::vector<wire::kept_response> messages;
    messages.reserve(1000);
    const std::size_t before = allocations;
    const std::size_t count =
        each([&](std::string_view one) { messages.push_back(wire::kept_response::parse(one, options)); });
    const std::size_t asked = allocations - before;
    BOOST_TEST(count == 200U);
    BOOST_TEST(asked <= 2 * count);
}

BOOST_AUTO_TEST_SUITE_END()
