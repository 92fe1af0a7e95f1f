#pragma once
// What a terminal sends, as keys.

#include <optional>
#include <string>

namespace coimap::tools {

enum class key_kind {
    character, ///< `text` is to be inserted
    enter,
    complete, ///< Tab
    backspace,
    erase, ///< Delete, or Control-D in a line that is not empty
    left,
    right,
    word_left,
    word_right,
    home,
    end,
    up,
    down,
    search,       ///< Control-R
    kill_line,    ///< Control-U: what stands before the cursor
    kill_rest,    ///< Control-K
    kill_word,    ///< Control-W
    yank,         ///< Control-Y
    clear,        ///< Control-L
    interrupt,    ///< Control-C
    end_of_input, ///< Control-D
    unknown,
};

struct key {
    key_kind kind = key_kind::unknown;
    std::string text; ///< UTF-8, of one character
};

/// Puts keys together out of octets: UTF-8 sequences and escape sequences, however they are cut.
class key_decoder {
public:
    /// The key that this octet ends; nothing while more are needed.
    std::optional<key> feed(char octet);

private:
    enum class state { plain, escape, control_sequence, single_shift };

    std::optional<key> plain(char octet);
    key control_sequence(char last);

    state state_ = state::plain;
    std::string pending_;      // of a UTF-8 sequence, or the parameters of an escape sequence
    std::size_t expected_ = 0; // octets of the UTF-8 sequence
};

} // namespace coimap::tools
