#include "coimap/core/utf7.hpp"

#include "coimap/core/utf8.hpp"

#include <cstdint>

namespace coimap {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

constexpr bool is_direct(char32_t c) noexcept {
    return c >= 0x20 && c <= 0x7e;
}

// Writes UTF-16 units as base64 without padding, six bits at a time.
class shifted_writer {
public:
    explicit shifted_writer(std::string& text) noexcept : text_(text) {}

    void character(char32_t c) {
        if (!open_)
            text_.push_back('&');
        open_ = true;
        if (c >= 0x10000) {
            unit(0xd800 + ((c - 0x10000) >> 10));
            unit(0xdc00 + ((c - 0x10000) & 0x3ff));
        } else {
            unit(c);
        }
    }

    void close() {
        if (!open_)
            return;
        if (held_ > 0)
            text_.push_back(alphabet[(bits_ << (6 - held_)) & 63]);
        text_.push_back('-');
        open_ = false;
        bits_ = held_ = 0;
    }

private:
    void unit(std::uint32_t value) {
        bits_ = (bits_ << 16) | value; // at most 4 bits were held
        held_ += 16;
        while (held_ >= 6) {
            held_ -= 6;
            text_.push_back(alphabet[(bits_ >> held_) & 63]);
        }
        bits_ &= (1u << held_) - 1;
    }

    std::string& text_;
    std::uint32_t bits_ = 0;
    unsigned held_ = 0;
    bool open_ = false;
};

// Collects UTF-16 units into characters. Leftover bits are not looked at: the comparison at the end of
// decode_utf7 finds those that should not be there.
class shifted_reader {
public:
    explicit shifted_reader(std::string& text) noexcept : text_(text) {}

    bool digit(char c) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos)
            return false;
        bits_ = ((bits_ << 6) | static_cast<std::uint32_t>(value)) & 0x3fffff;
        held_ += 6;
        if (held_ < 16)
            return true;
        held_ -= 16;
        return unit((bits_ >> held_) & 0xffff);
    }

    // Whether the shift may end here.
    bool close() {
        bits_ = held_ = 0;
        return high_ == 0;
    }

private:
    bool unit(std::uint32_t value) {
        const bool is_low = value >= 0xdc00 && value <= 0xdfff;
        if (is_low != (high_ != 0))
            return false;
        if (is_low) {
            append_utf8(text_, 0x10000 + ((high_ - 0xd800) << 10) + (value - 0xdc00));
            high_ = 0;
        } else if (value >= 0xd800 && value <= 0xdbff) {
            high_ = value;
        } else {
            append_utf8(text_, value);
        }
        return true;
    }

    std::string& text_;
    std::uint32_t bits_ = 0;
    unsigned held_ = 0;
    std::uint32_t high_ = 0; // the first half of a surrogate pair, or zero
};

} // namespace

result<std::string> encode_utf7(std::string_view name) {
    std::string wire;
    wire.reserve(name.size());
    shifted_writer shifted(wire);
    const char* next = name.data();
    const char* const end = next + name.size();
    while (next != end) {
        const char32_t c = decode_utf8(next, end);
        if (c == invalid_utf8)
            return errc::bad_utf8;
        if (!is_direct(c)) {
            shifted.character(c);
            continue;
        }
        shifted.close();
        wire.push_back(static_cast<char>(c));
        if (c == '&')
            wire.push_back('-');
    }
    shifted.close();
    return wire;
}

result<std::string> decode_utf7(std::string_view wire) {
    std::string name;
    name.reserve(wire.size());
    shifted_reader shifted(name);
    bool encoded = false;
    for (std::size_t i = 0; i < wire.size(); ++i) {
        if (!is_direct(static_cast<unsigned char>(wire[i])))
            return errc::bad_utf7;
        if (wire[i] != '&') {
            name.push_back(wire[i]);
            continue;
        }
        const std::size_t start = ++i;
        for (; i < wire.size() && wire[i] != '-'; ++i)
            if (!shifted.digit(wire[i]))
                return errc::bad_utf7;
        if (i == wire.size() || !shifted.close())
            return errc::bad_utf7;
        if (i == start)
            name.push_back('&');
        else
            encoded = true;
    }
    if (encoded) {
        const result<std::string> again = encode_utf7(name);
        if (!again || *again != wire)
            return errc::bad_utf7;
    }
    return name;
}

} // namespace coimap
