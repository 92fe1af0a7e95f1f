#include "coimap/wire/framer.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/wire/literal.hpp"

#include <algorithm>
#include <cstring>

namespace coimap::wire {

namespace {

// The words of a line, as far as framing needs them.
std::string_view take_word(std::string_view& line) noexcept {
    const std::size_t size = std::min(line.find_first_of(" \r\n"), line.size());
    const std::string_view word = line.substr(0, size);
    line.remove_prefix(size);
    if (!line.empty() && line.front() == ' ')
        line.remove_prefix(1);
    return word;
}

bool is_condition(std::string_view word, bool tagged) noexcept {
    return iequals(word, "OK") || iequals(word, "NO") || iequals(word, "BAD") || iequals(word, "BYE") ||
           (!tagged && iequals(word, "PREAUTH"));
}

bool is_number(std::string_view word) noexcept {
    return !word.empty() && std::all_of(word.begin(), word.end(), is_digit);
}

// Whether a line is the first of a new response rather than the rest of one.
bool starts_response(std::string_view line) noexcept {
    if (line.substr(0, 2) == "* " || line.substr(0, 2) == "+ ")
        return true;
    const std::string_view tag = take_word(line);
    return !tag.empty() && is_alpha(tag.front()) && is_condition(take_word(line), true);
}

} // namespace

void framer::reset() noexcept {
    scanned_ = line_start_ = maybe_end_ = 0;
    literal_left_ = pending_ = kept_octets_ = 0;
    elided_.clear();
    error_.clear();
    shape_ = shape::unknown;
    code_open_ = had_literal_ = undecided_ = false;
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
    if (marker.size_known && !ends_in_text(buffer, line_end)) {
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

// Whether a marker at the end of this line is mere text. Only asked where there is a marker.
bool framer::ends_in_text(std::string_view buffer, std::size_t line_end) {
    std::size_t code_from = line_start_;
    if (shape_ == shape::unknown) {
        std::string_view line = buffer.substr(0, line_end);
        while (!line.empty() && line.front() == '\0')
            line.remove_prefix(1);
        shape_ = shape::other;
        const bool plus = !line.empty() && line.front() == '+';
        const std::string_view first = take_word(line);
        const std::string_view second = take_word(line);
        if (plus) {
            shape_ = shape::text;
        } else if (is_condition(second, first != "*")) {
            shape_ = shape::status;
            while (!line.empty() && line.front() == ' ')
                line.remove_prefix(1);
            code_open_ = !line.empty() && line.front() == '[';
            code_from = line_end - line.size();
        } else if (first == "*" && is_number(second) && istarts_with(line, "FETCH")) {
            shape_ = shape::fetch;
        }
    }
    if (shape_ == shape::status && code_open_ &&
        buffer.substr(code_from, line_end - code_from).find(']') != std::string_view::npos)
        code_open_ = false;
    return shape_ == shape::text || (shape_ == shape::status && !code_open_);
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
