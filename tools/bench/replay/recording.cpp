#include "bench/replay/recording.hpp"

#include <algorithm>
#include <cctype>

namespace coimap::tools::bench {
namespace {

bool digit(char c) {
    return c >= '0' && c <= '9';
}

/// The end of the response that begins here: behind its line, and behind the literals that its lines
/// announce.
std::size_t end_of_response(std::string_view bytes, std::size_t begin) {
    for (;;) {
        const std::size_t line_end = bytes.find("\r\n", begin);
        if (line_end == std::string_view::npos)
            return bytes.size();
        std::size_t end = line_end + 2;
        if (line_end == 0 || bytes[line_end - 1] != '}')
            return end;
        std::size_t open = bytes.rfind('{', line_end);
        std::size_t octets = 0;
        for (++open; digit(bytes[open]); ++open)
            octets = octets * 10 + static_cast<std::size_t>(bytes[open] - '0');
        begin = end + octets;
    }
}

/// The response with other numbers: `* N FETCH (... UID N ...)`.
void renumber(std::string& to, std::string_view response, std::size_t number) {
    const std::string text = std::to_string(number);
    std::size_t rest = response.find(' ', 2);
    to.append("* ").append(text);
    const std::size_t uid = response.find("UID ", rest);
    to.append(response, rest, uid + 4 - rest);
    to.append(text);
    for (rest = uid + 4; digit(response[rest]);)
        ++rest;
    to.append(response.substr(rest));
}

} // namespace

void recording::append(std::string_view response) {
    starts_.push_back(bytes_.size());
    renumber(bytes_, response, starts_.size());
}

recording recording::of(std::string_view responses, std::size_t messages) {
    recording made;
    made.bytes_.reserve(responses.size());
    for (std::size_t at = 0; at < responses.size() && made.size() < messages;) {
        const std::size_t end = end_of_response(responses, at);
        const std::string_view one = responses.substr(at, end - at);
        if (one.starts_with("* ") && one.substr(0, 40).find(" FETCH (") != std::string_view::npos)
            made.append(one);
        at = end;
    }
    return made;
}

recording recording::of_bodies(std::size_t messages, std::size_t octets) {
    std::string body = "From: a@example.org\r\nTo: b@example.org\r\nSubject: a long one\r\n\r\n";
    while (body.size() < octets)
        body += "The quick brown fox jumps over the lazy dog, and then it writes about it at length.\r\n";
    body.resize(octets);
    recording made;
    made.bytes_.reserve(messages * (octets + 64));
    for (std::size_t i = 1; i <= messages; ++i) {
        made.starts_.push_back(made.bytes_.size());
        made.bytes_ += "* " + std::to_string(i) + " FETCH (UID " + std::to_string(i) + " BODY[] {" +
                       std::to_string(octets) + "}\r\n";
        made.bytes_ += body;
        made.bytes_ += ")\r\n";
    }
    return made;
}

recording recording::repeated(std::size_t messages) const {
    recording made;
    if (size() == 0)
        return made;
    made.bytes_.reserve(bytes_.size() / size() * messages + bytes_.size());
    for (std::size_t i = 0; i < messages; ++i) {
        const std::size_t source = i % size() + 1;
        made.append(slice(source, source));
    }
    return made;
}

std::string_view recording::slice(std::size_t first, std::size_t last) const noexcept {
    last = std::min(last, size());
    if (first == 0 || first > last)
        return {};
    const std::size_t begin = starts_[first - 1];
    const std::size_t end = last < size() ? starts_[last] : bytes_.size();
    return std::string_view(bytes_).substr(begin, end - begin);
}

} // namespace coimap::tools::bench
