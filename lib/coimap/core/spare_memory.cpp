#include "coimap/core/spare_memory.hpp"

#include <array>
#include <bit>
#include <new>

namespace coimap {
namespace {

// Smaller blocks are the allocator's business, larger ones rare.
constexpr std::size_t least = 2048;
constexpr std::size_t most = std::size_t{1} << 18;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool keeps = false; // a block that comes again would hide who still looks at the old one
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool keeps = false;
#else
constexpr bool keeps = true;
#endif
#else
constexpr bool keeps = true;
#endif

bool is_kept(std::size_t size) noexcept {
    return keeps && size > least && size <= most;
}

// Blocks of one class can take each other's place: in steps of 512 octets where most of them are, then by
// powers of two.
constexpr std::size_t step = 512;
constexpr std::size_t steps = 16;
constexpr std::size_t classes = steps + 6;

std::size_t class_of(std::size_t size) noexcept {
    if (size <= step * steps)
        return (size - 1) / step;
    return steps + static_cast<std::size_t>(std::bit_width(size - 1)) - 14;
}

std::size_t room_of(std::size_t which) noexcept {
    return which < steps ? (which + 1) * step : std::size_t{1} << (which - steps + 14);
}

struct free_block {
    free_block* next;
};

// A thread that ends may give blocks back after its store is gone.
thread_local bool store_is_gone = false;

struct store {
    std::array<free_block*, classes> first{};
    std::size_t held = 0;

    ~store() {
        store_is_gone = true;
        for (free_block* each : first)
            while (each != nullptr) {
                free_block* const next = each->next;
                ::operator delete(each);
                each = next;
            }
    }
};

thread_local store blocks;

} // namespace

void* take_memory(std::size_t size) {
    if (!is_kept(size))
        return ::operator new(size);
    const std::size_t which = class_of(size);
    if (store_is_gone || blocks.first[which] == nullptr)
        return ::operator new(room_of(which));
    free_block* const found = blocks.first[which];
    blocks.first[which] = found->next;
    blocks.held -= room_of(which);
    return found;
}

void give_memory_back(void* memory, std::size_t size) noexcept {
    if (memory == nullptr)
        return;
    const std::size_t which = is_kept(size) ? class_of(size) : 0;
    if (!is_kept(size) || store_is_gone || blocks.held + room_of(which) > most_spare_memory) {
        ::operator delete(memory);
        return;
    }
    blocks.first[which] = ::new (memory) free_block{blocks.first[which]};
    blocks.held += room_of(which);
}

} // namespace coimap
