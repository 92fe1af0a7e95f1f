#pragma once
// `* NAMESPACE personal other shared` (RFC 2342 section 5, RFC 9051 section 7.3.3).

#include "coimap/model/value.hpp"
#include "coimap/wire/response.hpp"

#include <optional>
#include <string_view>

namespace coimap {

struct namespace_entry {
    std::string_view prefix;       ///< UTF-8
    std::optional<char> delimiter; ///< nothing where names are flat
    list<value> extensions;

    friend bool operator==(const namespace_entry&, const namespace_entry&) = default;
};

struct namespace_data {
    static const wire::rule rule;
    list<namespace_entry> personal;
    list<namespace_entry> other_users;
    list<namespace_entry> shared;
};

} // namespace coimap
