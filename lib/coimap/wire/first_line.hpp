#pragma once
// What the framer and the parser have to see alike, lest one take for a literal what is text to the other:
// what the first line of a response is, and where the code of a status response ends.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace coimap::wire {

/// The words that a first line begins with.
struct first_line {
    enum class kind : std::uint8_t {
        continuation, ///< `+ ...`: text
        tagged,       ///< `A1 OK ...`: text, maybe with a code in front
        status,       ///< `* OK ...`: the same
        bare_code,    ///< `* [CODE] ...`, `[CODE] ...`: the same without a condition
        data,         ///< `* LIST ...`, `* 12 FETCH ...`: values, so that literals may stand in it
        unreadable,   ///< anything else: text
    };
    kind type = kind::unreadable;
    std::string_view tag;    ///< of a tagged response; `*` of the others
    std::string_view number; ///< in front of the name, as sent
    std::string_view word;   ///< the condition (OK, NO, ...) or the name
    std::size_t text = 0;    ///< of all but data: where the text begins, or the bracket of its code
};

/// `line` has no NULs in front; only the octets up to the first CR or LF are looked at.
first_line read_first_line(std::string_view line) noexcept;

/// `[NAME` with a space or the bracket behind it: the name. Empty where the text begins with no code.
std::string_view read_code_name(std::string_view text) noexcept;

/// Finds the bracket that closes a code, over quoted strings, lists and literals.
class code_scanner {
public:
    static constexpr std::size_t npos = std::string_view::npos;

    /// Looks at the octets from behind the name, or behind a literal, to the end of the line. The place of
    /// the bracket; npos where it is not in this line.
    std::size_t find_bracket(std::string_view stretch) noexcept;

    /// Of a line without the bracket: where its marker starts when it announces a literal of the code; npos
    /// when the code ends here without a bracket, and so is mere text.
    static std::size_t find_literal(std::string_view stretch) noexcept;

private:
    std::size_t depth_ = 0;
};

} // namespace coimap::wire
