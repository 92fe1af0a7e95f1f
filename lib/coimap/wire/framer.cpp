#include "coimap/wire/framer.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/wire/first_line.hpp"
#include "coimap/wire/literal.hpp"

#include <algorithm>
#include <cstring>

namespace coimap::wire {

namespace {

// Whether a line is the first of a new response rather than the rest of one.
bool starts_response(std::string_view line) noexcept {
    if (line.substr(0, 2) == "* " || line.substr(0, 2) == "+ ")
        return true;
    const first_line first = read_first_line(line);
    return first.type == first_line::kind::tagged && is_alpha(first.tag.front());
}

} // namespace

void framer::reset() noexcept {
    scanned_ = line_start_ = maybe_end_ = 0;
    literal_left_ = pending_ = kept_octets_ = 0;
    elided_.clear();
    error_.clear();
    shape_ = shape::unknown;
    code_ = {};
    had_literal_ = undecided_ = false;
}

frame framer::report(frame::kind type, std::size_t size) noexcept {
    frame answer;
    answer.type = type;
    answer.size = size;
    answer.literal = pending_;
    answer.error = error_;
    return answer;
}

frame framer::too_large(errc code) noexcept {
    error_ = code;
    pending_ = 0;
    return report(frame::kind::broken, 0);
}

frame framer::advance(std::string_view buffer) {
    if (error_)
        return report(frame::kind::broken, 0);
    if (undecided_)
        return report(frame::kind::literal, line_start_);
    for (;;) {
        if (literal_left_ > 0) {
            const std::uint64_t step = std::min<std::uint64_t>(literal_left_, buffer.size() - scanned_);
            scanned_ += static_cast<std::size_t>(step);
            literal_left_ -= step;
            if (literal_left_ > 0)
                return report(frame::kind::incomplete, 0);
            line_start_ = scanned_;
        }
        const void* found = scanned_ == buffer.size()
                                ? nullptr
                                : std::memchr(buffer.data() + scanned_, '\n', buffer.size() - scanned_);
        if (found == nullptr) {
            scanned_ = buffer.size();
            if (scanned_ - kept_octets_ > limits_.response_line)
                return too_large(errc::line_too_long);
            return report(frame::kind::incomplete, 0);
        }
        scanned_ = static_cast<std::size_t>(static_cast<const char*>(found) - buffer.data()) + 1;
        const frame answer = pass_line(buffer, scanned_);
        if (answer.type != frame::kind::incomplete)
            return answer;
    }
}

// A line has ended: is it the last one?
frame framer::pass_line(std::string_view buffer, std::size_t line_end) {
    if (maybe_end_ != 0) {
        if (starts_response(buffer.substr(maybe_end_, line_end - maybe_end_)))
            return report(frame::kind::complete, maybe_end_);
        line_start_ = maybe_end_;
        maybe_end_ = 0;
    }
    if (line_end - kept_octets_ > limits_.response_line)
        return too_large(errc::line_too_long);
    if (line_end > limits_.response)
        return too_large(errc::response_too_large);

    std::string_view line = buffer.substr(line_start_, line_end - line_start_);
    line.remove_suffix(line.size() > 1 && line[line.size() - 2] == '\r' ? 2 : 1);
    const literal_marker marker = find_literal_marker(line);
    if (marker.size_known && !ends_in_text(buffer, line_start_ + line.size())) {
        if (marker.too_large)
            return too_large(errc::literal_too_large);
        line_start_ = line_end;
        pending_ = marker.size;
        undecided_ = true;
        return report(frame::kind::literal, line_end);
    }
    // A literal that was announced too short swallows the line end that belongs behind the list: what is in
    // front of this line end is the literal's, and the list has not closed (Domino).
    if (had_literal_ && shape_ == shape::fetch && line.find(')') == std::string_view::npos) {
        maybe_end_ = line_end;
        return report(frame::kind::incomplete, 0);
    }
    return report(frame::kind::complete, line_end);
}

// What the response is, and where its code would begin.
std::size_t framer::begin(std::string_view line) {
    std::size_t nuls = 0;
    while (nuls < line.size() && line[nuls] == '\0')
        ++nuls;
    line.remove_prefix(nuls);
    const first_line first = read_first_line(line);
    switch (first.type) {
    case first_line::kind::data:
        shape_ = !first.number.empty() && iequals(first.word, "FETCH") ? shape::fetch : shape::other;
        return 0;
    case first_line::kind::tagged:
    case first_line::kind::status:
    case first_line::kind::bare_code: {
        const std::string_view name = read_code_name(line.substr(first.text));
        shape_ = name.empty() ? shape::text : shape::code;
        return nuls + first.text + 1 + name.size();
    }
    case first_line::kind::continuation:
    case first_line::kind::unreadable:
        break;
    }
    shape_ = shape::text;
    return 0;
}

// Whether a marker at the end of this line is mere text. Only asked where there is a marker.
bool framer::ends_in_text(std::string_view buffer, std::size_t line_end) {
    std::size_t from = line_start_;
    if (shape_ == shape::unknown)
        from = begin(buffer.substr(0, line_end));
    if (shape_ == shape::code) {
        const std::string_view stretch = buffer.substr(from, line_end - from);
        if (code_.find_bracket(stretch) != code_scanner::npos ||
            code_scanner::find_literal(stretch) == code_scanner::npos)
            shape_ = shape::text;
    }
    return shape_ == shape::text;
}

void framer::keep_literal() {
    if (!undecided_)
        return;
    undecided_ = false;
    had_literal_ = true;
    if (pending_ > limits_.literal)
        error_ = errc::literal_too_large;
    else if (line_start_ + pending_ > limits_.response)
        error_ = errc::response_too_large;
    literal_left_ = pending_;
    kept_octets_ += pending_;
    pending_ = 0;
}

void framer::take_literal() {
    if (!undecided_)
        return;
    undecided_ = false;
    had_literal_ = true;
    elided_.push_back({line_start_, pending_});
    pending_ = 0;
}

} // namespace coimap::wire
