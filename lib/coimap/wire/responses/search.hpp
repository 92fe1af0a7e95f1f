#pragma once
// `* SEARCH 2 3 6` (RFC 3501 section 7.2.5) and `* ESEARCH (TAG "A1") UID ALL 2,10:11` (RFC 9051
// section 7.3.4).

#include "coimap/model/number_set.hpp"
#include "coimap/model/value.hpp"
#include "coimap/wire/response.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace coimap {

struct search_data {
    static const wire::rule rule;
    range_list numbers;                  ///< numbers in a row gathered to ranges, in the server's order
    std::optional<std::uint64_t> modseq; ///< RFC 7162 section 3.1.5
};

/// A return option of an extension.
struct esearch_extension {
    std::string_view name;
    value parsed;

    friend bool operator==(const esearch_extension&, const esearch_extension&) = default;
};

struct esearch_data {
    static const wire::rule rule;
    std::optional<std::string_view> tag; ///< of the command that this answers
    bool uid = false;                    ///< the numbers are UIDs
    std::optional<std::uint32_t> min;
    std::optional<std::uint32_t> max;
    std::optional<std::uint32_t> count;
    std::optional<range_list> all;
    bool unreadable = false; ///< ALL was sent, but makes no sense: not the same as nothing found
    std::optional<std::uint64_t> modseq;
    list<esearch_extension> extensions;
};

} // namespace coimap
