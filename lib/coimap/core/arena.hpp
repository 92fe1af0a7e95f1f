#pragma once
// A bump allocator for what is parsed out of one response, and `list`, the view of a row of values in it.
//
// Values in an arena are never destroyed one by one, so only trivially destructible types may live there. An
// arena that is reset and filled again allocates nothing once its first chunk has grown to the usual size.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace coimap {

class arena {
public:
    arena() noexcept = default;

    /// Starts in memory that somebody else owns; further chunks are the arena's own.
    arena(std::byte* memory, std::size_t size) noexcept : next_(memory), end_(memory + size) {}

    arena(const arena&) = delete;
    arena& operator=(const arena&) = delete;

    void* allocate(std::size_t size, std::size_t alignment) {
        auto address = (reinterpret_cast<std::uintptr_t>(next_) + alignment - 1) & ~(alignment - 1);
        if (next_ == nullptr || address + size > reinterpret_cast<std::uintptr_t>(end_)) {
            grow(size + alignment);
            address = (reinterpret_cast<std::uintptr_t>(next_) + alignment - 1) & ~(alignment - 1);
        }
        auto* memory = reinterpret_cast<std::byte*>(address);
        next_ = memory + size;
        return memory;
    }

    template<class T, class... Arguments>
    T* make(Arguments&&... arguments) {
        static_assert(std::is_trivially_destructible_v<T>);
        return ::new (allocate(sizeof(T), alignof(T))) T{std::forward<Arguments>(arguments)...};
    }

    /// Room for `count` values of T, not yet constructed.
    template<class T>
    T* room(std::size_t count) {
        static_assert(std::is_trivially_destructible_v<T> && std::is_trivially_copyable_v<T>);
        return static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
    }

    std::string_view copy(std::string_view text) {
        char* memory = room<char>(text.size() + 1);
        std::memcpy(memory, text.data(), text.size());
        return {memory, text.size()};
    }

    /// Forgets every value; the largest chunk is kept for the next ones.
    void reset() noexcept;

    /// Gives every chunk back.
    void release() noexcept;

    /// Octets of its own chunks that values have taken since it was reset.
    std::size_t used() const noexcept {
        return chunks_.empty() ? 0 : capacity_ - static_cast<std::size_t>(end_ - next_);
    }

    /// Octets held in the arena's own chunks.
    std::size_t capacity() const noexcept { return capacity_; }

private:
    void grow(std::size_t least);

    std::byte* next_ = nullptr;
    std::byte* end_ = nullptr;
    std::vector<std::unique_ptr<std::byte[]>> chunks_;
    std::size_t last_size_ = 0;
    std::size_t capacity_ = 0;
};

/// A view of values that lie in a row in an arena, or anywhere else that outlives it. Compares by value.
template<class T>
class list {
public:
    using value_type = T;

    constexpr list() noexcept = default;
    constexpr list(const T* data, std::size_t size) noexcept : data_(data), size_(size) {}

    constexpr const T* begin() const noexcept { return data_; }
    constexpr const T* end() const noexcept { return data_ + size_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr const T& operator[](std::size_t index) const noexcept { return data_[index]; }
    constexpr const T& front() const noexcept { return data_[0]; }
    constexpr const T& back() const noexcept { return data_[size_ - 1]; }
    constexpr operator std::span<const T>() const noexcept { return {data_, size_}; }

    friend constexpr bool operator==(const list& a, const list& b) {
        if (a.size_ != b.size_)
            return false;
        for (std::size_t i = 0; i < a.size_; ++i)
            if (!(a.data_[i] == b.data_[i]))
                return false;
        return true;
    }

private:
    const T* data_ = nullptr;
    std::size_t size_ = 0;
};

/// Collects the elements of a list whose length is not known beforehand. Short lists are gathered on the
/// stack and cost the arena exactly their size.
template<class T, std::size_t Inline = 8>
class list_builder {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    explicit list_builder(arena& memory) noexcept : memory_(memory) {}
    list_builder(const list_builder&) = delete;
    list_builder& operator=(const list_builder&) = delete;

    void push_back(const T& value) {
        if (size_ == capacity_)
            grow();
        std::memcpy(static_cast<void*>(data_ + size_), static_cast<const void*>(&value), sizeof(T));
        ++size_;
    }

    std::size_t size() const noexcept { return size_; }

    list<T> finish() {
        if (size_ == 0)
            return {};
        if (data_ != inline_values())
            return {data_, size_};
        T* values = memory_.room<T>(size_);
        std::memcpy(static_cast<void*>(values), static_cast<const void*>(data_), size_ * sizeof(T));
        return {values, size_};
    }

private:
    void grow() {
        T* values = memory_.room<T>(capacity_ * 2);
        std::memcpy(static_cast<void*>(values), static_cast<const void*>(data_), size_ * sizeof(T));
        data_ = values;
        capacity_ *= 2;
    }

    T* inline_values() noexcept { return reinterpret_cast<T*>(inline_); }

    arena& memory_;
    alignas(T) std::byte inline_[sizeof(T) * Inline]; // not constructed: most lists are short, and many empty
    T* data_ = inline_values();
    std::size_t size_ = 0;
    std::size_t capacity_ = Inline;
};

} // namespace coimap
