#pragma once
// Which commands may be under way together (RFC 9051 section 5.5). Commands go out as they are asked for,
// except where the answers would be ambiguous: the rules are the table in pipelining.cpp, a row each.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace coimap {

/// What a command does to those around it.
enum class command_effect : std::uint16_t {
    none = 0,
    exclusive = 1, ///< nothing may be under way beside it: it changes the state or the meaning of the octets
    uses_numbers = 2,    ///< names messages by sequence number: no EXPUNGE may come between
    forbids_expunge = 4, ///< FETCH, STORE, SEARCH without UID: the server may not send EXPUNGE meanwhile
    needs_selected = 8,
    needs_authenticated = 16,
    needs_not_authenticated = 32,
};

constexpr command_effect operator|(command_effect a, command_effect b) noexcept {
    return static_cast<command_effect>(static_cast<std::uint16_t>(a) | static_cast<std::uint16_t>(b));
}
constexpr bool has(command_effect set, command_effect one) noexcept {
    return (static_cast<std::uint16_t>(set) & static_cast<std::uint16_t>(one)) != 0;
}

/// The first three decide who may overlap with whom: so many combinations of them there are.
inline constexpr std::size_t overlap_effects = 8;

/// A command's place in the table.
struct pipelining_traits {
    command_effect effect = command_effect::none;

    /// Commands of one family answer with the same untagged data, so that two of them under way together
    /// could be given each other's: "SEARCH", "LIST". Empty: no such data. Whether two of a family may still
    /// overlap is asked of the later one (command::overlaps_safely).
    std::string_view family;
};

/// Whether `later` may be sent while `earlier` is under way, families aside.
bool may_overlap(const pipelining_traits& earlier, const pipelining_traits& later) noexcept;

} // namespace coimap
