#include "coimap/core/rfc2047.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>

namespace coimap {
namespace {

constexpr std::size_t none = std::string_view::npos;

// Long enough for any charset with its language; a bound keeps the search for its end short.
constexpr std::size_t longest_charset = 80;

bool is_space(char c) noexcept {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_blank(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), is_space);
}

int hex_value(char c) noexcept {
    if (is_digit(c))
        return c - '0';
    const char u = to_upper(c);
    return u >= 'A' && u <= 'F' ? u - 'A' + 10 : -1;
}

// -- charsets
// --------------------------------------------------------------------------------------------------

// Windows-1252 from 80 to 9F; where it has no character the octet's own number stands.
constexpr std::array<char16_t, 32> windows_1252 = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178};

char32_t from_windows_1252(unsigned char c) noexcept {
    return c >= 0x80 && c <= 0x9f ? windows_1252[c - 0x80u] : char32_t{c};
}

char32_t from_latin9(unsigned char c) noexcept {
    switch (c) {
    case 0xa4:
        return 0x20ac;
    case 0xa6:
        return 0x0160;
    case 0xa8:
        return 0x0161;
    case 0xb4:
        return 0x017d;
    case 0xb8:
        return 0x017e;
    case 0xbc:
        return 0x0152;
    case 0xbd:
        return 0x0153;
    case 0xbe:
        return 0x0178;
    default:
        return c;
    }
}

char32_t from_latin1(unsigned char c) noexcept {
    return c;
}

std::string from_octets(std::string_view octets, char32_t (*convert)(unsigned char)) {
    std::string text;
    text.reserve(octets.size() + octets.size() / 2);
    for (const char c : octets)
        append_utf8(text, convert(static_cast<unsigned char>(c)));
    return text;
}

// Valid characters stay, every other octet becomes what `convert` makes of it.
void append_repaired(std::string& text, std::string_view octets, char32_t (*convert)(unsigned char)) {
    if (is_utf8(octets)) {
        text.append(octets);
        return;
    }
    const char* next = octets.data();
    const char* const end = next + octets.size();
    while (next != end) {
        const char* const start = next;
        const char32_t c = decode_utf8(next, end);
        append_utf8(text, c == invalid_utf8 ? convert(static_cast<unsigned char>(*start)) : c);
    }
}

char32_t replaced(unsigned char) noexcept {
    return replacement_character;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) noexcept {
    return std::any_of(names.begin(), names.end(),
                       [name](std::string_view each) { return iequals(name, each); });
}

std::string to_utf8(std::string_view charset, std::string_view octets, charset_converter converter,
                    bool& ok) {
    ok = true;
    std::string text;
    if (is_one_of(charset, {"utf-8", "utf8"})) {
        append_repaired(text, octets, replaced);
        return text;
    }
    // Whoever labels eight-bit text as ASCII means UTF-8 or Windows.
    if (is_one_of(charset, {"us-ascii", "ascii", "ansi_x3.4-1968"})) {
        append_repaired(text, octets, from_windows_1252);
        return text;
    }
    // As on the Web: mail that says Latin-1 and has octets from 80 to 9F means Windows-1252, never C1
    // controls.
    if (is_one_of(charset, {"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "windows-1252", "cp1252"}))
        return from_octets(octets, from_windows_1252);
    if (is_one_of(charset, {"iso-8859-15", "iso8859-15", "iso_8859-15", "latin-9", "latin9"}))
        return from_octets(octets, from_latin9);
    if (converter == nullptr) {
        ok = false;
        return text;
    }
    const std::string converted = converter(charset, octets, ok);
    append_repaired(text, converted, replaced);
    return text;
}

// -- encodings
// -------------------------------------------------------------------------------------------------

void append_q(std::string& octets, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '=' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
        if (low >= 0) {
            octets.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else {
            octets.push_back(text[i] == '_' ? ' ' : text[i]);
        }
    }
}

int base64_value(char c) noexcept {
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (is_digit(c))
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// More forgiving than decode_base64: senders forget the padding and fold within words.
bool append_b(std::string& octets, std::string_view text) {
    const std::size_t before = octets.size();
    std::uint32_t bits = 0;
    std::size_t digits = 0;
    std::size_t padding = 0;
    for (const char c : text) {
        if (is_space(c))
            continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const int value = base64_value(c);
        if (value < 0 || padding > 0) {
            octets.resize(before);
            return false;
        }
        bits = ((bits << 6) | static_cast<std::uint32_t>(value)) & 0xffffff;
        ++digits;
        if (digits % 4 != 1)
            octets.push_back(static_cast<char>((bits >> (6 - 2 * ((digits + 3) % 4))) & 0xff));
    }
    if (digits % 4 == 1) {
        octets.resize(before);
        return false;
    }
    return true;
}

// -- words
// -----------------------------------------------------------------------------------------------------

// The next place of a two-octet mark. Asked for ascending positions only, it goes through the text once.
class mark_finder {
public:
    mark_finder(std::string_view text, std::string_view mark) noexcept : text_(text), mark_(mark) {}

    std::size_t from(std::size_t position) noexcept {
        if (!known_ || (place_ != none && place_ < position)) {
            place_ = text_.find(mark_, position);
            known_ = true;
        }
        return place_;
    }

private:
    std::string_view text_;
    std::string_view mark_;
    std::size_t place_ = 0;
    bool known_ = false;
};

struct encoded_word {
    std::string_view charset; // without its language
    std::string_view text;
    char encoding = 0; // 'B' or 'Q'
    std::size_t end = 0;
};

class decoder {
public:
    decoder(std::string_view value, charset_converter converter)
        : value_(value), converter_(converter), opening_(value, "=?"), inner_(value, "=?"),
          closing_(value, "?=") {
        result_.reserve(value.size());
    }

    std::string run() {
        std::size_t position = 0;
        for (;;) {
            const std::size_t start = opening_.from(position);
            if (start == none)
                break;
            encoded_word word;
            if (!read_word(start, word) || !add_word(start, word)) {
                position = start + 2;
                continue;
            }
            position = word.end;
        }
        flush();
        plain(done_, value_.size());
        return std::move(result_);
    }

private:
    bool read_word(std::size_t start, encoded_word& word) {
        const std::size_t name = start + 2;
        const std::size_t name_end = value_.substr(name, longest_charset).find('?');
        if (name_end == none || name_end == 0)
            return false;
        word.charset = value_.substr(name, name_end);
        if (std::any_of(word.charset.begin(), word.charset.end(), [](char c) { return c <= ' ' || c > '~'; }))
            return false;
        word.charset = word.charset.substr(0, word.charset.find('*'));

        const std::size_t encoding = name + name_end + 1;
        if (encoding + 2 > value_.size() || value_[encoding + 1] != '?')
            return false;
        word.encoding = to_upper(value_[encoding]);
        if (word.encoding != 'B' && word.encoding != 'Q')
            return false;

        const std::size_t text = encoding + 2;
        const std::size_t close = closing_.from(text);
        if (close == none)
            return false;
        // A word that opens before this one is closed: this one is the broken one.
        const std::size_t inner = inner_.from(text);
        if (inner != none && inner + 1 < close)
            return false;
        word.text = value_.substr(text, close - text);
        word.end = close + 2;
        return true;
    }

    // Joins the word to those before it where its octets may go on where theirs ended.
    bool add_word(std::size_t start, const encoded_word& word) {
        const bool adjacent = open_ && is_blank(value_.substr(end_, start - end_));
        if (!adjacent || !iequals(charset_, word.charset))
            flush();
        if (!open_)
            octets_.clear();
        if (word.encoding == 'Q')
            append_q(octets_, word.text);
        else if (!append_b(octets_, word.text))
            return false;
        if (!open_) {
            open_ = true;
            start_ = start;
            charset_ = word.charset;
        }
        end_ = word.end;
        return true;
    }

    // Writes the words that were joined, and what stands before them.
    void flush() {
        if (!open_)
            return;
        open_ = false;
        bool ok = false;
        const std::string text = to_utf8(charset_, octets_, converter_, ok);
        if (!ok) {
            plain(done_, end_);
        } else {
            const bool between_words = after_word_ && is_blank(value_.substr(done_, start_ - done_));
            if (!between_words)
                plain(done_, start_);
            result_ += text;
        }
        after_word_ = ok;
        done_ = end_;
    }

    void plain(std::size_t from, std::size_t to) {
        append_repaired(result_, value_.substr(from, to - from), from_latin1);
    }

    std::string_view value_;
    charset_converter converter_;
    mark_finder opening_;
    mark_finder inner_;
    mark_finder closing_;
    std::string result_;
    std::size_t done_ = 0;    // what comes before is in the result
    bool after_word_ = false; // what comes before ends with a decoded word

    // The run of adjacent words of one charset that is being collected.
    bool open_ = false;
    std::size_t start_ = 0;
    std::size_t end_ = 0;
    std::string_view charset_;
    std::string octets_;
};

} // namespace

std::string decode_words(std::string_view value, charset_converter converter) {
    return decoder(value, converter).run();
}

} // namespace coimap
