#include "common/json_sink.hpp"

#include "coimap/core/base64.hpp"
#include "coimap/core/printable.hpp"
#include "coimap/core/utf8.hpp"

#include <charconv>

namespace coimap::tools {
namespace {

// Characters that stand for themselves although a terminal or a reader would take them for something else.
bool is_deceptive(char32_t c) noexcept {
    return (c >= 0x7f && c <= 0x9f) || c == 0x61c || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

constexpr bool is_plain(char c) noexcept {
    return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

void append_escape(output& out, char32_t c) {
    switch (c) {
    case '"':
        return out.append("\\\"");
    case '\\':
        return out.append("\\\\");
    case '\n':
        return out.append("\\n");
    case '\r':
        return out.append("\\r");
    case '\t':
        return out.append("\\t");
    default:
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4)
            out.append("0123456789abcdef"[(c >> shift) & 0xf]);
    }
}

template<class Integer>
std::string_view digits(Integer value, char (&room)[24]) {
    const auto end = std::to_chars(room, room + sizeof room, value);
    return {room, static_cast<std::size_t>(end.ptr - room)};
}

} // namespace

void json_sink::separate() {
    if (comma_)
        out_.append(',');
    comma_ = true;
}

void json_sink::open(char bracket) {
    separate();
    out_.append(bracket);
    comma_ = false;
}

void json_sink::close(char bracket) {
    out_.append(bracket);
    comma_ = true;
}

void json_sink::word(std::string_view text) {
    separate();
    out_.append(text);
}

void json_sink::key(std::string_view name) {
    separate();
    if (is_utf8(name))
        quoted(name);
    else
        quoted(printable(name));
    out_.append(':');
    comma_ = false;
}

void json_sink::number(std::uint64_t value) {
    char room[24];
    word(digits(value, room));
}

void json_sink::signed_number(std::int64_t value) {
    char room[24];
    word(digits(value, room));
}

void json_sink::string(std::string_view octets) {
    if (is_utf8(octets)) {
        separate();
        quoted(octets);
        return;
    }
    begin_object();
    key("octets");
    separate();
    quoted(encode_base64(octets));
    key("text");
    separate();
    quoted(printable(octets));
    end_object();
}

void json_sink::quoted(std::string_view utf8) {
    out_.append('"');
    const char* next = utf8.data();
    const char* const end = next + utf8.size();
    const char* plain = next; // what starts here goes out as it is
    while (next != end) {
        if (is_plain(*next)) {
            ++next;
            continue;
        }
        const char* const start = next;
        const char32_t c = decode_utf8(next, end);
        if (c >= 0x80 && !is_deceptive(c))
            continue;
        out_.append(std::string_view(plain, static_cast<std::size_t>(start - plain)));
        append_escape(out_, c);
        plain = next;
    }
    out_.append(std::string_view(plain, static_cast<std::size_t>(end - plain)));
    out_.append('"');
}

void json_sink::end_line() {
    out_.append('\n');
    comma_ = false;
}

} // namespace coimap::tools
