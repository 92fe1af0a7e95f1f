#pragma once
// A place where a response leaves the grammar. What was tolerated is kept beside its good neighbours, so that
// a program can show it, count it, or insist on none (strict tests of a server).

#include "coimap/model/value_sink.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace coimap::wire {

struct defect {
    std::string_view rule;  ///< a static name for the deviation: "quoted-string.unescaped-quote"
    std::size_t offset = 0; ///< where in the response, in octets
    std::string_view bytes; ///< what stood there (a view into the response)

    friend bool operator==(const defect&, const defect&) = default;
};

void describe(value_sink& sink, const defect& value);

} // namespace coimap::wire
