#pragma once
// `* CAPABILITY ...` and the response code of the same form (RFC 9051 section 7.2.2); `* ENABLED`
// (section 7.2.1).

#include "coimap/core/arena.hpp"
#include "coimap/wire/response.hpp"

#include <string_view>

namespace coimap {

struct capability_data {
    static const wire::rule rule;
    list<std::string_view> names; ///< as sent: "IMAP4rev1", "AUTH=PLAIN", "APPENDLIMIT=1000"
};

struct enabled_data {
    static const wire::rule rule;
    list<std::string_view> names;
};

} // namespace coimap
