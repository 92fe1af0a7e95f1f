#pragma once
// Octets on their way to the server: appended by the session, taken from the front by whoever writes.

#include "coimap/core/secret.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace coimap {

class output_buffer {
public:
    output_buffer() = default;
    output_buffer(const output_buffer&) = delete;
    output_buffer& operator=(const output_buffer&) = delete;
    ~output_buffer() { release(); }

    /// Once something secret is among them, the memory is wiped before it is given back.
    void append(std::string_view octets, bool secret = false) {
        secret_ = secret_ || secret;
        // A slow reader never empties it: what was taken is dropped all the same.
        if (taken_ > octets_.size() / 2) {
            octets_.erase(0, taken_);
            taken_ = 0;
        }
        if (secret_ && octets_.capacity() - octets_.size() < octets.size())
            move_to(2 * octets_.size() + octets.size());
        octets_.append(octets);
    }

    std::string_view pending() const noexcept { return std::string_view(octets_).substr(taken_); }
    bool empty() const noexcept { return taken_ == octets_.size(); }
    std::size_t size() const noexcept { return octets_.size() - taken_; }

    /// The first octets were written. An emptied buffer gives large memory back.
    void consume(std::size_t count) noexcept {
        taken_ += count;
        if (taken_ < octets_.size())
            return;
        if (secret_ || octets_.capacity() > most_kept)
            release();
        taken_ = 0;
        octets_.clear();
    }

    /// Nothing is written at the moment.
    void release_if_empty() noexcept {
        if (empty())
            release();
    }

    void release() noexcept {
        if (secret_)
            wipe(octets_);
        secret_ = false;
        taken_ = 0;
        std::string().swap(octets_);
    }

private:
    static constexpr std::size_t most_kept = 4096;

    /// To a larger block, so that none is left behind unwiped.
    void move_to(std::size_t capacity) {
        std::string larger;
        larger.reserve(capacity);
        larger.append(octets_);
        wipe(octets_);
        octets_.swap(larger);
    }

    std::string octets_;
    std::size_t taken_ = 0;
    bool secret_ = false;
};

} // namespace coimap
