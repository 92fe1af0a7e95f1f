#pragma once
// Response codes that carry a list of words (RFC 9051 section 7.1). CAPABILITY shares its type with the
// response.

#include "coimap/core/arena.hpp"
#include "coimap/model/flag.hpp"
#include "coimap/wire/response.hpp"

#include <string_view>

namespace coimap {

struct permanent_flags_code {
    static const wire::rule rule;
    flag_list flags;
};

/// `[BADCHARSET (UTF-8 US-ASCII)]`: what the server can search in.
struct bad_charset_code {
    static const wire::rule rule;
    list<std::string_view> charsets;
};

/// The code `[CAPABILITY ...]`; the same words as in the response.
struct capability_code {
    static const wire::rule rule;
    list<std::string_view> names;
};

} // namespace coimap
