#pragma once
// `* ID ("name" "Cyrus" ...)` or `* ID NIL` (RFC 2971 section 3.2).

#include "coimap/model/body_structure.hpp"
#include "coimap/wire/response.hpp"

#include <string_view>

namespace coimap {

struct id_data {
    static const wire::rule rule;
    list<parameter> fields; ///< at most 30, as the RFC has it; more are a defect

    nstring field(std::string_view name) const noexcept; ///< without case
};

} // namespace coimap
