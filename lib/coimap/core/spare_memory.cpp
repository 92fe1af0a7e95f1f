#include "coimap/core/spare_memory.hpp"

#include <array>
#include <bit>
#include <new>

namespace coimap {
namespace {

// Smaller blocks are the allocator's business, larger ones rare.
constexpr std::size_t least_bits = 12;
constexpr std::size_t most_bits = 18;

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
    return keeps && size > (std::size_t{1} << (least_bits - 1)) && size <= (std::size_t{1} << most_bits);
}

// Sizes are powers of two, so that blocks of different uses can take each other's place.
std::size_t bits_of(std::size_t size) noexcept {
    const auto bits = static_cast<std::size_t>(std::bit_width(size - 1));
    return bits < least_bits ? least_bits : bits;
}

struct free_block {
    free_block* next;
};

// A thread that ends may give blocks back after its store is gone.
thread_local bool store_is_gone = false;

struct store {
    std::array<free_block*, most_bits + 1> first{};
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
    const std::size_t bits = bits_of(size);
    if (store_is_gone || blocks.first[bits] == nullptr)
        return ::operator new (std::size_t{1} << bits);
    free_block* const found = blocks.first[bits];
    blocks.first[bits] = found->next;
    blocks.held -= std::size_t{1} << bits;
    return found;
}

void give_memory_back(void* memory, std::size_t size) noexcept {
    if (memory == nullptr)
        return;
    const std::size_t bits = is_kept(size) ? bits_of(size) : 0;
    const std::size_t room = std::size_t{1} << bits;
    if (bits == 0 || store_is_gone || blocks.held + room > most_spare_memory) {
        ::operator delete(memory);
        return;
    }
    blocks.first[bits] = ::new (memory) free_block{blocks.first[bits]};
    blocks.held += room;
}

} // namespace coimap
