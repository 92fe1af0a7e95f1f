#pragma once
// Text on its way out: gathered in one buffer, written in large pieces.

#include <string>
#include <string_view>

namespace coimap::tools {

class output {
public:
    /// Kept in memory until it is taken.
    output() = default;
    /// To a file descriptor, which stays the caller's.
    explicit output(int descriptor) : descriptor_(descriptor) {}

    output(const output&) = delete;
    output& operator=(const output&) = delete;

    void append(char octet) {
        buffer_.push_back(octet);
        if (buffer_.size() >= full)
            spill();
    }
    void append(std::string_view text) {
        buffer_.append(text);
        if (buffer_.size() >= full)
            spill();
    }

    /// Writes what is there. Throws `failure` when that is not possible.
    void flush();

    /// What was gathered in memory; the buffer is empty afterwards.
    std::string take();

private:
    static constexpr std::size_t full = std::size_t{64} << 10;

    void spill();

    std::string buffer_;
    int descriptor_ = -1;
};

} // namespace coimap::tools
