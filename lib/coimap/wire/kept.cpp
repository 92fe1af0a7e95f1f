#include "coimap/wire/kept.hpp"

#include "coimap/core/spare_memory.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <new>

namespace coimap::wire {

namespace {

// What every copy of a kept response shares. The octets, and behind them the first chunk of the arena, follow
// in the same allocation.
struct block {
    block(std::byte* chunk, std::size_t size) noexcept : memory(chunk, size) {}

    arena memory;
    response value;
};

// Allocates more than the object asks for, and tells where that begins. For std::allocate_shared, which asks
// once for its counters and the object together.
template<class T>
struct roomy_allocator {
    using value_type = T;

    roomy_allocator(std::size_t more, std::byte** where) noexcept : extra(more), begin(where) {}
    template<class Other>
    roomy_allocator(const roomy_allocator<Other>& other) noexcept : extra(other.extra), begin(other.begin) {}

    T* allocate(std::size_t count) {
        auto* const memory = static_cast<std::byte*>(take_memory(count * sizeof(T) + extra));
        *begin = memory + count * sizeof(T);
        return reinterpret_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t count) noexcept {
        give_memory_back(memory, count * sizeof(T) + extra);
    }

    template<class Other>
    friend bool operator==(const roomy_allocator& a, const roomy_allocator<Other>& b) noexcept {
        return a.extra == b.extra;
    }

    std::size_t extra;
    std::byte** begin; // valid while the block is being made
};

// Typed values take about as much room as the octets that they come from; of a large response most octets are
// literals, which take none.
std::size_t arena_size(std::size_t octets) noexcept {
    return 640 + 2 * std::min<std::size_t>(octets, 2048);
}

} // namespace

std::size_t kept_response::footprint(std::size_t octets) noexcept {
    return sizeof(block) + octets + arena_size(octets);
}

kept_response kept_response::parse(std::string_view bytes, const parse_options& options,
                                   std::span<const elided_literal> elided) {
    const std::size_t chunk = arena_size(bytes.size());
    std::byte* begin = nullptr;
    // The block does not know where it will lie: it learns of its chunk afterwards.
    const auto shared = std::allocate_shared<block>(roomy_allocator<block>(bytes.size() + chunk, &begin),
                                                    nullptr, std::size_t{0});
    auto* const octets = reinterpret_cast<char*>(begin);
    if (!bytes.empty())
        std::memcpy(octets, bytes.data(), bytes.size());
    std::destroy_at(&shared->memory);
    std::construct_at(&shared->memory, begin + bytes.size(), chunk);
    shared->value = parse_response({octets, bytes.size()}, shared->memory, options, elided);
    return kept_response(std::shared_ptr<const response>(shared, &shared->value));
}

} // namespace coimap::wire
