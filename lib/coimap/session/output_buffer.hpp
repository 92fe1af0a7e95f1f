#pragma once
// Octets on their way to the server: appended by the session, taken from the front by whoever writes.

#include <cstddef>
#include <string>
#include <string_view>

namespace coimap {

class output_buffer {
public:
    void append(std::string_view octets) {
        // A slow reader never empties it: what was taken is dropped all the same.
        if (taken_ > octets_.size() / 2) {
            octets_.erase(0, taken_);
            taken_ = 0;
        }
        octets_.append(octets);
    }

    std::string_view pending() const noexcept { return std::string_view(octets_).substr(taken_); }
    bool empty() const noexcept { return taken_ == octets_.size(); }
    std::size_t size() const noexcept { return octets_.size() - taken_; }

    /// The first octets were written. An emptied buffer gives large memory back.
    void consume(std::size_t count) {
        taken_ += count;
        if (taken_ < octets_.size())
            return;
        taken_ = 0;
        octets_.clear();
        if (octets_.capacity() > 4096)
            octets_.shrink_to_fit();
    }

    void release() noexcept {
        taken_ = 0;
        std::string().swap(octets_);
    }

private:
    std::string octets_;
    std::size_t taken_ = 0;
};

} // namespace coimap
