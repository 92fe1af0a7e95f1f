#pragma once
// UTF-8 (RFC 3629), strictly: no surrogates, no overlong forms, nothing above U+10FFFF.
//
// None of this allocates but `append_utf8`, and none of it fails other than by its return value.

#include <string>
#include <string_view>

namespace coimap {

/// What `decode_utf8` returns for an octet that starts no character. No code point has this value.
inline constexpr char32_t invalid_utf8 = 0xffffffff;

/// U+FFFD, for those who have to show something in the place of what could not be decoded.
inline constexpr char32_t replacement_character = 0xfffd;

/// Whether the whole text is valid. ASCII is looked through eight octets at a time.
bool is_utf8(std::string_view text) noexcept;

/// Decodes one character and moves `next` behind it. An invalid sequence moves it by one octet only, so that
/// a caller sees each bad octet once. `next` must be before `end`.
char32_t decode_utf8(const char*& next, const char* end) noexcept;

/// Appends one code point. A surrogate or a value above U+10FFFF is written as U+FFFD.
void append_utf8(std::string& text, char32_t code_point);

} // namespace coimap
