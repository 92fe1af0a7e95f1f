#pragma once
// What mechanisms check of credentials before any of it is sent.

#include "coimap/core/ascii.hpp"

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
