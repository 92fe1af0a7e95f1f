#pragma once
// `* VANISHED (EARLIER) 41,43:116`: these UIDs are gone (RFC 7162 section 3.2.10).

#include "coimap/model/number_set.hpp"
#include "coimap/wire/response.hpp"

namespace coimap {

struct vanished_data {
    static const wire::rule rule;
    range_list uids;
    bool earlier = false; ///< known from the past: sequence numbers do not change by it
};

} // namespace coimap
