#include "coimap/core/base64.hpp"

#include <array>
#include <cstdint>

namespace coimap {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t invalid = 0xff;

constexpr auto values = [] {
    std::array<std::uint8_t, 256> table{};
    for (auto& each : table)
        each = invalid;
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::uint8_t>(i);
    return table;
}();

std::uint32_t value_of(char c) noexcept {
    return values[static_cast<unsigned char>(c)];
}

void push(std::string& text, std::uint32_t value) {
    text.push_back(static_cast<char>(value & 0xff));
}

} // namespace

std::string encode_base64(std::string_view octets) {
    std::string text;
    text.reserve((octets.size() + 2) / 3 * 4);
    while (!octets.empty()) {
        const std::size_t count = octets.size() < 3 ? octets.size() : 3;
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = (group << 8) | (i < count ? static_cast<unsigned char>(octets[i]) : 0u);
        text.push_back(alphabet[group >> 18]);
        text.push_back(alphabet[(group >> 12) & 63]);
        text.push_back(count > 1 ? alphabet[(group >> 6) & 63] : '=');
        text.push_back(count > 2 ? alphabet[group & 63] : '=');
        octets.remove_prefix(count);
    }
    return text;
}

result<std::string> decode_base64(std::string_view text) {
    if (text.size() % 4 != 0)
        return errc::bad_base64;
    std::size_t padding = 0;
    while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=')
        ++padding;
    const std::string_view digits = text.substr(0, text.size() - padding);

    std::string octets;
    octets.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    unsigned held = 0; // bits of `group` that are not written yet
    for (const char c : digits) {
        const std::uint32_t value = value_of(c);
        if (value == invalid)
            return errc::bad_base64;
        group = ((group << 6) | value) & 0xffff;
        held += 6;
        if (held >= 8) {
            held -= 8;
            push(octets, group >> held);
        }
    }
    if ((group & ((1u << held) - 1)) != 0)
        return errc::bad_base64;
    return octets;
}

} // namespace coimap
