#pragma once
// Blocks of some kilobytes that come and go with every burst of octets. Given back here they are kept for the
// next taker of the same thread: fresh pages from the system cost more than all that is done with them.

#include <cstddef>
#include <memory>

namespace coimap {

/// What one thread keeps at most, for all of its connections together.
inline constexpr std::size_t most_spare_memory = std::size_t{512} << 10;

/// Like operator new and delete; `size` is the same both times.
void* take_memory(std::size_t size);
void give_memory_back(void* memory, std::size_t size) noexcept;

/// The same for containers.
template<class T>
struct spare_allocator {
    using value_type = T;

    spare_allocator() noexcept = default;
    template<class Other>
    spare_allocator(const spare_allocator<Other>&) noexcept {}

    T* allocate(std::size_t count) { return static_cast<T*>(take_memory(count * sizeof(T))); }
    void deallocate(T* memory, std::size_t count) noexcept { give_memory_back(memory, count * sizeof(T)); }

    template<class Other>
    friend bool operator==(const spare_allocator&, const spare_allocator<Other>&) noexcept {
        return true;
    }
};

/// And for memory that is no value's.
struct give_back {
    std::size_t size = 0;
    void operator()(char* memory) const noexcept { give_memory_back(memory, size); }
};
using spare_block = std::unique_ptr<char[], give_back>;

inline spare_block make_spare_block(std::size_t size) {
    return spare_block(static_cast<char*>(take_memory(size)), give_back{size});
}

} // namespace coimap
