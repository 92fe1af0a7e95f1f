#pragma once
// Feeds a framer as a session does, in pieces of any size.

#include "coimap/wire/framer.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::test {

struct framed {
    std::vector<std::string> responses; ///< whole ones; a literal that was taken stands as `<n>` where it was
    std::error_code error;
    std::string left; ///< octets that belong to no whole response yet
};

/// Cuts the input before each offset of `cuts`. Literals of more than `keep` octets are taken.
inline framed frame_all(std::string_view input, const std::vector<std::size_t>& cuts,
                        std::uint64_t keep = ~0ULL, const limits& limits = {}) {
    framed result;
    wire::framer framer(limits);
    std::string buffer;
    std::uint64_t skip = 0;
    std::size_t done = 0;
    const auto deliver = [&](std::string_view piece) {
        for (;;) {
            const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(skip, piece.size()));
            skip -= step;
            piece.remove_prefix(step);
            buffer += piece;
            piece = {};
            const wire::frame frame = framer.advance(buffer);
            if (frame.type == wire::frame::kind::incomplete)
                return true;
            if (frame.type == wire::frame::kind::broken) {
                result.error = frame.error;
                return false;
            }
            if (frame.type == wire::frame::kind::complete) {
                std::string one = buffer.substr(0, frame.size);
                const auto& elided = framer.elided();
                for (std::size_t i = elided.size(); i-- > 0;)
                    one.insert(elided[i].offset, "<" + std::to_string(elided[i].size) + ">");
                result.responses.push_back(one);
                buffer.erase(0, frame.size);
                framer.reset();
                if (buffer.empty())
                    return true;
            } else if (frame.literal <= keep) {
                framer.keep_literal();
            } else {
                framer.take_literal();
                skip = frame.literal;
                const std::string behind = buffer.substr(frame.size);
                buffer.resize(frame.size);
                const auto here = static_cast<std::size_t>(std::min<std::uint64_t>(skip, behind.size()));
                skip -= here;
                buffer += behind.substr(here);
            }
        }
    };
    for (const std::size_t cut : cuts) {
        if (!deliver(input.substr(done, cut - done)))
            return result;
        done = cut;
    }
    if (deliver(input.substr(done)))
        result.left = buffer;
    return result;
}

} // namespace coimap::test
