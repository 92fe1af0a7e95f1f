#pragma once
// The octets of the response that is being received, contiguous from its first one on. Grows by what has
// arrived, never by what was announced, and is given back while nothing arrives.

#include "coimap/core/spare_memory.hpp"

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

namespace coimap {

class input_buffer {
public:
    std::string_view view() const noexcept { return {data_.get() + begin_, end_ - begin_}; }
    std::size_t size() const noexcept { return end_ - begin_; }
    bool empty() const noexcept { return begin_ == end_; }

    /// Room for `count` octets behind those that are there.
    std::span<char> prepare(std::size_t count) {
        if (capacity_ - end_ < count)
            make_room(count);
        return {data_.get() + end_, count};
    }
    void commit(std::size_t count) noexcept { end_ += count; }

    /// The first octets are done with.
    void consume(std::size_t count) noexcept {
        begin_ += count;
        if (begin_ == end_)
            begin_ = end_ = 0;
    }

    /// Takes `count` octets out at `offset`, and closes the gap.
    void cut(std::size_t offset, std::size_t count) noexcept {
        char* at = data_.get() + begin_ + offset;
        std::memmove(at, at + count, size() - offset - count);
        end_ -= count;
    }

    /// Gives the memory back if nothing is in it.
    void release_if_empty() noexcept {
        if (!empty())
            return;
        data_.reset();
        begin_ = end_ = capacity_ = 0;
    }

private:
    void make_room(std::size_t least) {
        const std::size_t used = size();
        if (capacity_ - used >= least && begin_ >= used) {
            std::memcpy(data_.get(), data_.get() + begin_, used);
        } else {
            std::size_t capacity = capacity_ != 0 ? capacity_ * 2 : least;
            while (capacity - used < least)
                capacity *= 2;
            auto larger = make_spare_block(capacity);
            if (used != 0)
                std::memcpy(larger.get(), data_.get() + begin_, used);
            data_ = std::move(larger);
            capacity_ = capacity;
        }
        begin_ = 0;
        end_ = used;
    }

    spare_block data_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t capacity_ = 0;
};

} // namespace coimap
