#pragma once
// The words of a response: a cursor over its octets that reads atoms, strings, numbers and lists, and takes
// down what does not fit. Every rule (rule::parse) reads through it.
//
// Two ways to disagree: what can be read although it is not legal is a `defect`, and reading goes on; what
// cannot be read is a failure: the function returns false, the reason is kept by `fail`, and whoever can do
// without the item records it with `skip_failed` and goes on behind it.

#include "coimap/core/arena.hpp"
#include "coimap/core/ascii.hpp"
#include "coimap/model/value.hpp"
#include "coimap/wire/quoted_octets.hpp"
#include "coimap/wire/response.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace coimap::wire {

/// Classes of octets (RFC 9051 section 9), one table.
enum octet_class : std::uint8_t {
    atom_octet = 1,    ///< ATOM-CHAR
    astring_octet = 2, ///< ASTRING-CHAR
    word_octet = 4,    ///< whatever may stand in a word that is read leniently: no SP, parenthesis, CR, LF
    name_octet = 8,    ///< the name of a FETCH item: word_octet without `[`, `<`, `"`, `{`
    digit_octet = 16,
    closing_octet = 32, ///< what may follow a string or NIL: SP, `)`, `]`, CR, LF
};

inline constexpr std::array<std::uint8_t, 256> octet_classes = [] {
    std::array<std::uint8_t, 256> table{};
    for (int i = 0; i < 256; ++i) {
        const char c = static_cast<char>(i);
        const bool control = i < 0x20 || i == 0x7f;
        const bool special = std::string_view("(){%*\"\\]").find(c) != std::string_view::npos;
        unsigned bits = 0;
        if (i < 0x80 && !control && c != ' ' && !special)
            bits |= atom_octet | astring_octet;
        if (c == ']')
            bits |= astring_octet;
        if (c != ' ' && c != '(' && c != ')' && c != '\r' && c != '\n') {
            bits |= word_octet;
            if (c != '[' && c != '<' && c != '"' && c != '{')
                bits |= name_octet;
        }
        if (c >= '0' && c <= '9')
            bits |= digit_octet;
        if (c == ' ' || c == ')' || c == ']' || c == '\r' || c == '\n')
            bits |= closing_octet;
        table[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(bits);
    }
    return table;
}();

constexpr bool is_octet(char c, unsigned classes) noexcept {
    return (octet_classes[static_cast<unsigned char>(c)] & classes) != 0;
}

/// The octets of a literal, or how many there were when they went elsewhere.
struct literal_text {
    std::string_view octets;
    std::uint64_t size = 0;
    bool streamed = false;
    bool binary = false; ///< `~{n}`
};

class lexer {
public:
    lexer(std::string_view bytes, arena& memory, const parse_options& options,
          std::span<const elided_literal> elided) noexcept;

    arena& memory() noexcept { return memory_; }
    const parse_options& options() const noexcept { return options_; }
    const coimap::limits& limits() const noexcept { return options_.limits; }

    // --- The place.

    const char* place() const noexcept { return next_; }
    const char* end() const noexcept { return end_; } ///< before the last CRLF
    void go_to(const char* place) noexcept { next_ = place; }
    /// Reading ends at `place` from now on; returns where it ended before.
    const char* end_at(const char* place) noexcept { return std::exchange(end_, place); }
    bool at_end() const noexcept { return next_ == end_; }
    char peek() const noexcept { return next_ != end_ ? *next_ : '\0'; }
    char peek(std::size_t ahead) const noexcept {
        return static_cast<std::size_t>(end_ - next_) > ahead ? next_[ahead] : '\0';
    }
    std::string_view since(const char* from) const noexcept {
        return {from, static_cast<std::size_t>(next_ - from)};
    }
    std::string_view rest() const noexcept { return {next_, static_cast<std::size_t>(end_ - next_)}; }
    std::size_t offset(const char* place) const noexcept { return static_cast<std::size_t>(place - begin_); }

    bool take(char c) noexcept {
        if (next_ == end_ || *next_ != c)
            return false;
        ++next_;
        return true;
    }

    // --- Disagreement.

    void defect(std::string_view rule, const char* from, const char* to);
    void defect(std::string_view rule, const char* from) { defect(rule, from, next_); }

    /// Keeps the first reason; returns false.
    bool fail(std::string_view rule) noexcept {
        if (failure_.empty())
            failure_ = rule;
        if (limit_.empty() && rule.starts_with("limit."))
            limit_ = rule;
        return false;
    }

    /// The first limit that was passed; empty when none was.
    std::string_view limit() const noexcept { return limit_; }

    /// Whether a list of so many elements may take no more: its own limit, or the response as a whole has
    /// grown out of proportion to its octets (two octets can make a part of 300).
    bool is_full(std::size_t elements) noexcept {
        if (elements == limits().list)
            return !fail("limit.list");
        const std::size_t budget = (std::size_t{16} << 20) + 4 * static_cast<std::size_t>(end_ - begin_);
        return memory_.used() > budget && !fail("limit.memory");
    }
    std::string_view failure() const noexcept { return failure_; }
    std::string_view take_failure(std::string_view otherwise) noexcept;

    /// Goes behind the value that starts at `value` and records all from `item` as a defect, with the reason
    /// that was given to `fail`.
    void skip_failed(const char* item, const char* value);

    std::size_t defect_count() const noexcept { return defect_count_; }
    void forget_defects(std::size_t count) noexcept { defect_count_ = count; }

    /// Takes the defects from `from` on away, for a second attempt, and puts them back in the place of the
    /// new ones.
    using mark = list<wire::defect>;
    mark set_aside(std::size_t from);
    void restore(mark aside, std::size_t from);

    list<wire::defect> defects() const noexcept { return {defects_, defect_count_}; }

    // --- Space and parentheses.

    /// One space; more are a defect. False when there is none.
    bool sp() {
        if (next_ == end_ || *next_ != ' ')
            return false;
        ++next_;
        if (next_ != end_ && *next_ == ' ')
            more_spaces();
        return true;
    }
    /// One space that should be there; none is a defect.
    void gap() {
        if (!sp())
            missing_space();
    }
    /// In a list, before an element: true when one follows, false behind the closing parenthesis (or at the
    /// end of the line, a defect).
    bool element(bool first) {
        if (next_ == end_)
            return odd_element(first);
        if (*next_ == ')') {
            ++next_;
            return false;
        }
        if (first ? *next_ == ' ' : *next_ != ' ' || end_ - next_ == 1 || next_[1] == ' ' || next_[1] == ')')
            return odd_element(first);
        next_ += first ? 0 : 1;
        return true;
    }

    // --- Words. What returns a view returns an empty one when there is nothing.

    std::string_view word() noexcept { return scan(word_octet); }
    std::string_view item_name() noexcept { return scan(name_octet); }
    std::string_view atom() noexcept { return scan(atom_octet); }

    bool at_nil() const noexcept {
        return end_ - next_ >= 3 && (next_[0] | ' ') == 'n' && (next_[1] | ' ') == 'i' &&
               (next_[2] | ' ') == 'l' && (closes(next_ + 3) || next_[3] == '(');
    }
    bool nil() noexcept {
        if (!at_nil())
            return false;
        next_ += 3;
        return true;
    }

    // --- Strings.

    bool at_literal() const noexcept { return peek() == '{' || (peek() == '~' && peek(1) == '{'); }

    /// At `"`.
    bool quoted(std::string_view& text) {
        const char* const first = next_ + 1;
        const char* const last = skip_quoted_octets(first, end_);
        if (last != end_ && *last == '"' && closes(last + 1)) {
            text = {first, static_cast<std::size_t>(last - first)};
            next_ = last + 1;
            return true;
        }
        return odd_quoted(text);
    }
    bool literal(literal_text& text);

    /// quoted or literal; an atom in its place is a defect.
    bool string(std::string_view& text) {
        if (next_ != end_ && *next_ == '"')
            return quoted(text);
        return other_string(text);
    }
    /// The same or NIL.
    bool nstring(coimap::nstring& text) {
        if (next_ != end_ && *next_ == '"') {
            std::string_view view;
            if (!quoted(view))
                return false;
            text = view;
            return true;
        }
        if (nil()) {
            text.reset();
            return true;
        }
        return other_nstring(text);
    }
    /// The same without NIL, and an atom is legal.
    bool astring(std::string_view& text);

    // --- Numbers.

    /// Up to 63 bits (number64), 32 bits (number). What is negative is 0 with a defect.
    bool number64(std::uint64_t& value) {
        std::uint64_t sum = 0;
        const char* last = next_;
        const char* const safe = end_ - next_ > 18 ? next_ + 18 : end_;
        while (last != safe && is_digit(*last))
            sum = sum * 10 + static_cast<unsigned>(*last++ - '0');
        if (last == next_ || last == safe || *last == '.')
            return odd_number(value);
        value = sum;
        next_ = last;
        return true;
    }
    /// A number that names something, such as a UID: digits and nothing else. What some servers round
    /// (`9.3736e+06`) may be a size, but never somebody's message.
    bool identity(std::uint32_t& value) {
        const char* const first = next_;
        if (!number(value))
            return false;
        for (const char* digit = first; digit != next_; ++digit)
            if (*digit < '0' || *digit > '9')
                return fail("number.missing");
        return true;
    }
    bool number(std::uint32_t& value) {
        const char* const first = next_;
        std::uint64_t wide = 0;
        if (!number64(wide))
            return false;
        if (wide > 0xffffffffU) {
            next_ = first;
            return fail("number.out-of-range");
        }
        value = static_cast<std::uint32_t>(wide);
        return true;
    }
    /// 1 or more; 0 is a defect but read.
    bool nz_number(std::uint32_t& value);
    /// Goes behind the digits at `start`, which are no number of the size that was due: the failure is a
    /// defect.
    void skip_number(const char* start);

    // --- What is not known.

    /// Any value: NIL, number, string, atom or list. False when there is none or it is nested too deeply.
    bool value(coimap::value& value) { return value_at(value, 0); }

    /// Goes behind one value, however broken it is: to the next space or closing parenthesis at its own
    /// depth.
    void skip_value() noexcept;

    /// How deep the grammar may recurse.
    std::size_t deepest() const noexcept {
        return options_.limits.nesting < 512 ? options_.limits.nesting : 512;
    }

    bool has_number() const noexcept {
        return has_number_;
    } ///< a number stood in front of the response's name
    void set_number(bool has) noexcept { has_number_ = has; }
    /// In this mode a backslash escapes no quote that could close the string: some servers forget to escape
    /// it.
    void set_bare_backslash(bool bare) noexcept { bare_backslash_ = bare; }

private:
    struct quoted_end {
        const char* place = nullptr;
        bool closed = false;
        bool escapes = false;
        bool eight_bit = false;
        bool control = false;
        bool bare_quote = false;
        bool bare_backslash = false;
    };

    std::string_view scan(unsigned classes) noexcept {
        const char* const first = next_;
        while (next_ != end_ && is_octet(*next_, classes))
            ++next_;
        return since(first);
    }
    bool closes(const char* place) const noexcept { return place == end_ || is_octet(*place, closing_octet); }
    void more_spaces();
    void missing_space();
    bool odd_element(bool first);
    quoted_end find_quote(const char* place) noexcept;
    bool odd_quoted(std::string_view& text);
    bool is_elided(const char* place) const noexcept;
    bool odd_number(std::uint64_t& value);
    bool other_string(std::string_view& text);
    bool other_nstring(coimap::nstring& text);
    bool value_at(coimap::value& value, std::size_t depth);

    const char* begin_;
    const char* next_;
    const char* end_;
    arena& memory_;
    const parse_options& options_;
    std::span<const elided_literal> elided_;
    wire::defect* defects_ = nullptr;
    std::size_t defect_count_ = 0;
    std::size_t defect_room_ = 0;
    std::string_view failure_;
    std::string_view limit_;
    struct stretch {
        const char* from = nullptr;
        const char* to = nullptr;
    };
    stretch unclosed_[2]; // no quoted string that starts here closes; the second with bare backslashes
    bool has_number_ = false;
    bool bare_backslash_ = false;
};

} // namespace coimap::wire
