#pragma once
// The parts of a response whose meaning is not known: what an extension added where the grammar allows more
// (RFC 9051 section 9: body-extension, tagged-ext-val). Kept so that nothing is lost.

#include "coimap/core/arena.hpp"
#include "coimap/model/value_sink.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace coimap {

/// A string that may be NIL, which is not the same as an empty one. A view: it lives as long as the response.
using nstring = std::optional<std::string_view>;

/// A NIL, number, string (or atom), or list of such.
struct value {
    enum class kind : std::uint8_t { nil, number, string, list };

    kind type = kind::nil;
    std::uint64_t number = 0;  ///< of kind::number
    std::string_view text;     ///< of kind::string, and the digits of kind::number
    coimap::list<value> items; ///< of kind::list

    friend bool operator==(const value&, const value&) = default;
};

void describe(value_sink& sink, const value& value);

} // namespace coimap
