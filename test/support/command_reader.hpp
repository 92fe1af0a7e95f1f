#pragma once
// A small and strict reader of commands, as a server would have one: it knows RFC 9051's tokens and nothing
// else, so that whatever the writer makes of an argument can be read back, and nothing more than one command
// is there.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::test {

struct token {
    enum class kind { atom, quoted, literal, literal8, open, close };
    kind type = kind::atom;
    std::string text;

    friend bool operator==(const token&, const token&) = default;
};

/// The tokens of exactly one command, its tag first; it has to end with its CRLF and with nothing behind it.
/// Nothing when it is not so. `utf8`: quoted strings may hold octets above 7F.
inline std::optional<std::vector<token>> read_command(std::string_view bytes, bool utf8 = false) {
    std::vector<token> tokens;
    std::size_t at = 0;
    const auto more = [&] { return at < bytes.size(); };
    const auto is_atom_char = [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return u > 0x20 && u < 0x7f && std::string_view("(){\"").find(c) == std::string_view::npos;
    };
    bool expects_argument = true; // in front of it: the begin of the line, a space or an open parenthesis
    for (;;) {
        if (bytes.substr(at) == "\r\n")
            return expects_argument ? std::nullopt : std::optional(tokens);
        if (!more())
            return std::nullopt;
        const char c = bytes[at];
        if (c == ' ') {
            if (expects_argument)
                return std::nullopt; // two spaces, or a space behind a parenthesis
            expects_argument = true;
            ++at;
            continue;
        }
        if (c == ')') {
            tokens.push_back({token::kind::close, ")"});
            expects_argument = false;
            ++at;
            continue;
        }
        if (!expects_argument)
            return std::nullopt; // two arguments without a space between them
        if (c == '(') {
            tokens.push_back({token::kind::open, "("});
            ++at;
            continue;
        }
        expects_argument = false;
        if (c == '"') {
            token one{token::kind::quoted, ""};
            for (++at;; ++at) {
                if (!more() || bytes[at] == '\r' || bytes[at] == '\n' || bytes[at] == '\0')
                    return std::nullopt;
                if (!utf8 && static_cast<unsigned char>(bytes[at]) >= 0x80)
                    return std::nullopt;
                if (bytes[at] == '"')
                    break;
                if (bytes[at] == '\\') {
                    ++at;
                    if (!more() || (bytes[at] != '"' && bytes[at] != '\\'))
                        return std::nullopt;
                }
                one.text += bytes[at];
            }
            ++at;
            tokens.push_back(one);
            continue;
        }
        const bool binary = bytes.substr(at, 2) == "~{";
        if (c == '{' || binary) {
            at += binary ? 2 : 1;
            std::size_t size = 0;
            const std::size_t digits = at;
            for (; more() && bytes[at] >= '0' && bytes[at] <= '9'; ++at)
                size = size * 10 + static_cast<std::size_t>(bytes[at] - '0');
            if (at == digits)
                return std::nullopt;
            if (more() && bytes[at] == '+')
                ++at;
            if (bytes.substr(at, 3) != "}\r\n")
                return std::nullopt;
            at += 3;
            if (bytes.size() - at < size)
                return std::nullopt;
            const std::string_view octets = bytes.substr(at, size);
            if (!binary && octets.find('\0') != std::string_view::npos)
                return std::nullopt;
            tokens.push_back({binary ? token::kind::literal8 : token::kind::literal, std::string(octets)});
            at += size;
            continue;
        }
        const std::size_t begin = at;
        while (more() && is_atom_char(bytes[at]))
            ++at;
        if (at == begin)
            return std::nullopt;
        tokens.push_back({token::kind::atom, std::string(bytes.substr(begin, at - begin))});
    }
}

} // namespace coimap::test
