#include "coimap/session/pipelining.hpp"

#include <array>

namespace coimap {

namespace {

/// What has to hold of an effect for a row to apply.
struct condition {
    enum class kind : std::uint8_t { any, with, without };
    kind test = kind::any;
    command_effect effect = command_effect::none;

    constexpr bool holds(command_effect of) const noexcept {
        return test == kind::any || has(of, effect) == (test == kind::with);
    }
};

constexpr condition any{};
constexpr condition with(command_effect effect) {
    return {condition::kind::with, effect};
}
constexpr condition without(command_effect effect) {
    return {condition::kind::without, effect};
}

/// A pair of commands that must not be under way together.
struct conflict {
    condition earlier;
    condition later;
    std::string_view why;
};

constexpr std::array conflicts{
    conflict{with(command_effect::exclusive), any,
             "what comes behind it depends on its outcome: the state, the mailbox, the meaning of octets"},
    conflict{any, with(command_effect::exclusive),
             "answers to the earlier one would arrive in a state in which they mean something else"},
    conflict{without(command_effect::forbids_expunge), with(command_effect::uses_numbers),
             "RFC 9051 section 5.5: the earlier one may bring an EXPUNGE, after which the numbers in the "
             "later one "
             "name other messages"},
};

} // namespace

bool may_overlap(const pipelining_traits& earlier, const pipelining_traits& later) noexcept {
    for (const conflict& row : conflicts)
        if (row.earlier.holds(earlier.effect) && row.later.holds(later.effect))
            return false;
    return true;
}

} // namespace coimap
