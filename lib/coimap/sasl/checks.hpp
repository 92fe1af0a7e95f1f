#pragma once
// What mechanisms check of credentials before any of it is sent.

#include "coimap/core/ascii.hpp"
#include "coimap/core/utf8.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace coimap::sasl {

/// NUL separates fields or ends strings for many a server, so none may come from a user.
inline bool has_nul(std::string_view text) noexcept {
    return text.find('\0') != std::string_view::npos;
}

inline bool has_control(std::string_view text) noexcept {
    return std::any_of(text.begin(), text.end(), is_control);
}

/// An authorization identity is UTF-8 (RFC 4422 section 3.4.1), and one with a control character in it is
/// somebody's attempt at something.
inline bool is_identity(std::string_view text) noexcept {
    return !has_control(text) && is_utf8(text);
}

/// Whether all is ASCII from 21 to 7E: no space, no control character.
inline bool is_visible_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

/// A name within a GS2 header or a SCRAM message: `=` and `,` are escaped (RFC 5802 section 5.1, `saslname`).
inline std::string escape_name(std::string_view name) {
    std::string escaped;
    escaped.reserve(name.size());
    for (const char c : name) {
        if (c == '=')
            escaped += "=3D";
        else if (c == ',')
            escaped += "=2C";
        else
            escaped.push_back(c);
    }
    return escaped;
}

} // namespace coimap::sasl
