#pragma once
// The parts of the grammar that several responses share. Each reads at the lexer's place; false is a failure,
// with its reason in the lexer.

#include "coimap/model/body_structure.hpp"
#include "coimap/model/envelope.hpp"
#include "coimap/model/flag.hpp"
#include "coimap/model/number_set.hpp"
#include "coimap/wire/lexer.hpp"

#include <string_view>

namespace coimap::wire {

/// What may stand in a list of flags.
enum class flag_context : std::uint8_t {
    message,    ///< of a message or a mailbox: `\*` is odd
    permanent,  ///< PERMANENTFLAGS: `\*` is legal
    attributes, ///< of LIST
};

/// `(\Seen $Forwarded)`.
bool parse_flag_list(lexer& input, flag_list& flags, flag_context context);

/// `1:5,7,10`: ranges in the order as sent, each ascending.
bool parse_number_set(lexer& input, range_list& set);

/// The name of a mailbox, up to a space, ` (`, or the end of the line.
struct mailbox_text {
    std::string_view name; ///< UTF-8 where it can be decoded; INBOX in capitals
    std::string_view wire; ///< as sent
};
bool parse_mailbox(lexer& input, mailbox_text& mailbox);
/// What was read as a string: decoded and checked.
mailbox_text decode_mailbox(lexer& input, std::string_view wire, const char* from);

/// Words up to the end of the line or of the response code: CAPABILITY.
bool parse_words(lexer& input, list<std::string_view>& words);
/// `("a" "b")`: strings or atoms in parentheses.
bool parse_string_list(lexer& input, list<std::string_view>& strings);

bool parse_envelope(lexer& input, envelope& value);
bool parse_body_structure(lexer& input, body_structure& value);

/// The field with which the extension data of a body begins: the digest of a single part, the parameters of a
/// multipart, or the disposition where a server has put those elsewhere.
enum class body_extension : std::uint8_t { md5, parameters, disposition };
/// Up to the closing parenthesis of the body, and behind it.
bool parse_body_extensions(lexer& input, body_structure& value, body_extension first);

/// `("charset" "utf-8")` or NIL.
bool parse_parameters(lexer& input, list<parameter>& parameters);

} // namespace coimap::wire
