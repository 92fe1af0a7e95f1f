#pragma once
// `* FLAGS (...)`: the flags that the selected mailbox has (RFC 9051 section 7.3.5).

#include "coimap/model/flag.hpp"
#include "coimap/wire/response.hpp"

namespace coimap {

struct flags_data {
    static const wire::rule rule;
    flag_list flags;
};

} // namespace coimap
