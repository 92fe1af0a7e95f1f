#include "parse/reader.hpp"

#include "common/exit_status.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <unistd.h>

namespace coimap::tools {

reader::reader(int descriptor, const coimap::limits& limits)
    : descriptor_(descriptor), limits_(limits), framer_(limits), buffer_(2 * block) {}

bool reader::fill() {
    if (buffer_.size() - end_ < block) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
        if (buffer_.size() - end_ < block)
            buffer_.resize(std::max(buffer_.size() * 2, end_ + block));
    }
    for (;;) {
        const ssize_t count = ::read(descriptor_, buffer_.data() + end_, buffer_.size() - end_);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0) {
            const std::error_code reason(errno, std::generic_category());
            throw failure(exit_status::input_output, "cannot read the input: " + reason.message());
        }
        end_ += static_cast<std::size_t>(count);
        return count > 0;
    }
}

void reader::consume(std::size_t octets) noexcept {
    begin_ += octets;
    if (begin_ == end_)
        begin_ = end_ = 0;
    offset_ += octets + removed_;
    removed_ = 0;
    line_ = 0;
    too_large_.clear();
    framer_.reset();
}

// Takes a literal out of the response, as far as the stream has it, without ever holding it.
void reader::drop_literal(std::size_t from, std::uint64_t octets) {
    removed_ += octets;
    for (;;) {
        const auto there = static_cast<std::size_t>(std::min<std::uint64_t>(octets, end_ - begin_ - from));
        char* const place = buffer_.data() + begin_ + from;
        std::memmove(place, place + there, end_ - begin_ - from - there);
        end_ -= there;
        octets -= there;
        if (octets == 0 || !fill())
            break;
    }
    removed_ -= octets;
}

// Leaves nothing of the response but its remains up to the next line end.
void reader::skip_line(std::size_t from) {
    for (;;) {
        const std::string_view octets = pending().substr(from);
        const std::size_t end = octets.find('\n');
        const std::size_t gone = end == std::string_view::npos ? octets.size() : end + 1;
        char* const place = buffer_.data() + begin_ + from;
        std::memmove(place, place + gone, octets.size() - gone);
        end_ -= gone;
        removed_ += gone;
        if (end != std::string_view::npos || !fill())
            return;
    }
}

piece reader::finish(piece::kind kind, std::size_t size, std::string error) {
    finished_ = size;
    return {kind, offset_, pending().substr(0, size), std::move(error)};
}

piece reader::next() {
    consume(finished_);
    finished_ = 0;
    for (;;) {
        const wire::frame frame = framer_.advance(pending());
        switch (frame.type) {
        case wire::frame::kind::complete:
            if (!too_large_.empty())
                return finish(piece::kind::error, frame.size, std::move(too_large_));
            return finish(piece::kind::response, frame.size, {});

        case wire::frame::kind::literal:
            if (frame.literal <= limits_.literal && frame.size + frame.literal <= limits_.response) {
                framer_.keep_literal();
                line_ = frame.size + static_cast<std::size_t>(frame.literal);
                break;
            }
            too_large_ = "a literal of " + std::to_string(frame.literal) + " octets passes the limit of " +
                         std::to_string(std::min(limits_.literal, limits_.response));
            framer_.take_literal();
            drop_literal(frame.size, frame.literal);
            line_ = frame.size;
            break;

        case wire::frame::kind::broken:
            skip_line(line_);
            return finish(piece::kind::error, line_, frame.error.message());

        case wire::frame::kind::incomplete:
            if (fill())
                break;
            if (pending().empty())
                return finish(piece::kind::end, 0, {});
            return finish(piece::kind::error, pending().size(), "the input ends inside a response");
        }
    }
}

} // namespace coimap::tools
