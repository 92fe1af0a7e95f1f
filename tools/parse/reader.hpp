#pragma once
// Cuts a stream of a server's octets into responses, in memory that does not grow with the stream.

#include "coimap/core/limits.hpp"
#include "coimap/wire/framer.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools {

/// One response, or what stands where one should be.
struct piece {
    enum class kind { response, error, end };
    kind type = kind::end;
    std::uint64_t offset = 0; ///< where it begins in the stream
    std::string_view bytes;   ///< of a response; of an error what is at hand. Valid until the next call
    std::string error;
};

class reader {
public:
    reader(int descriptor, const coimap::limits& limits);

    /// Throws `failure` when the input cannot be read.
    piece next();

private:
    static constexpr std::size_t block = std::size_t{64} << 10;

    std::string_view pending() const noexcept { return {buffer_.data() + begin_, end_ - begin_}; }
    bool fill();
    void consume(std::size_t octets) noexcept;
    void drop_literal(std::size_t from, std::uint64_t octets);
    void skip_line(std::size_t from);
    piece finish(piece::kind kind, std::size_t size, std::string error);

    int descriptor_;
    coimap::limits limits_;
    wire::framer framer_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t offset_ = 0;  // of the current response in the stream
    std::uint64_t removed_ = 0; // octets of it that were taken out of the buffer
    std::size_t finished_ = 0;  // octets that the last piece showed
    std::size_t line_ = 0;      // where the line begins in which the framer is
    std::string too_large_;     // why the current response cannot be shown
};

} // namespace coimap::tools
