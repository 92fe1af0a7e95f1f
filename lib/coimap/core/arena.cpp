#include "coimap/core/arena.hpp"

#include <algorithm>

namespace coimap {

void arena::grow(std::size_t least) {
    const std::size_t size = std::max({least, last_size_ * 2, std::size_t{4096}});
    chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(size));
    next_ = chunks_.back().get();
    end_ = next_ + size;
    last_size_ = size;
    capacity_ += size;
}

void arena::reset() noexcept {
    if (chunks_.empty()) {
        // Memory of somebody else cannot be rewound: its start is not kept.
        next_ = end_ = nullptr;
        return;
    }
    if (chunks_.size() > 1) {
        std::swap(chunks_.front(), chunks_.back());
        chunks_.resize(1);
        capacity_ = last_size_;
    }
    next_ = chunks_.front().get();
    end_ = next_ + last_size_;
}

void arena::release() noexcept {
    chunks_.clear();
    chunks_.shrink_to_fit();
    next_ = end_ = nullptr;
    last_size_ = capacity_ = 0;
}

} // namespace coimap
