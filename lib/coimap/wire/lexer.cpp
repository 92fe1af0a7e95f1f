#include "coimap/wire/lexer.hpp"

#include "coimap/wire/literal.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace coimap::wire {

namespace {

// Defects are kept for people and for tests; whoever sends more than this has made the point.
constexpr std::size_t most_defects = 256;

constexpr std::uint64_t most_number64 = std::numeric_limits<std::int64_t>::max();

} // namespace

lexer::lexer(std::string_view bytes, arena& memory, const parse_options& options,
             std::span<const elided_literal> elided) noexcept
    : begin_(bytes.data()), next_(bytes.data()), end_(bytes.data() + bytes.size()), memory_(memory),
      options_(options), elided_(elided) {
    if (end_ != begin_ && end_[-1] == '\n')
        --end_;
    if (end_ != begin_ && end_[-1] == '\r')
        --end_;
}

void lexer::defect(std::string_view rule, const char* from, const char* to) {
    if (defect_count_ == most_defects)
        return;
    if (defect_count_ == defect_room_) {
        const std::size_t room = defect_room_ == 0 ? 4 : defect_room_ * 2;
        auto* defects = memory_.room<wire::defect>(room);
        std::copy_n(defects_, defect_count_, defects);
        defects_ = defects;
        defect_room_ = room;
    }
    if (defect_count_ == most_defects - 1)
        rule = "limit.defects";
    defects_[defect_count_++] = {rule, offset(from), {from, static_cast<std::size_t>(to - from)}};
}

std::string_view lexer::take_failure(std::string_view otherwise) noexcept {
    const std::string_view reason = failure_.empty() ? otherwise : failure_;
    failure_ = {};
    return reason;
}

lexer::mark lexer::set_aside(std::size_t from) {
    const std::size_t count = defect_count_ - from;
    auto* aside = memory_.room<wire::defect>(count);
    std::copy_n(defects_ + from, count, aside);
    defect_count_ = from;
    return {aside, count};
}

void lexer::restore(mark aside, std::size_t from) {
    defect_count_ = from;
    for (const wire::defect& each : aside)
        defect(each.rule, each.bytes.data(), each.bytes.data() + each.bytes.size());
}

void lexer::skip_failed(const char* item, const char* value) {
    next_ = value;
    skip_value();
    defect(take_failure("item.malformed"), item);
}

// --- Space and parentheses.

void lexer::more_spaces() {
    const char* const first = next_;
    while (next_ != end_ && *next_ == ' ')
        ++next_;
    // Before the end of the line the parser says so, with a name of its own.
    if (next_ != end_)
        defect("space.extra", first);
}

void lexer::missing_space() {
    if (next_ != end_)
        defect("space.missing", next_);
}

bool lexer::odd_element(bool first) {
    const char* const start = next_;
    bool line_end = false;
    for (; next_ != end_ && (*next_ == ' ' || *next_ == '\r' || *next_ == '\n'); ++next_)
        line_end = line_end || *next_ != ' ';
    if (next_ == end_) {
        defect("list.unclosed", start);
        return false;
    }
    if (line_end) {
        defect("list.line-end", start);
        return *next_ != ')' || (++next_, false);
    }
    if (*next_ == ')') {
        defect("space.before-parenthesis", start);
        ++next_;
        return false;
    }
    if (next_ == start)
        defect("space.missing", start);
    else if (first || next_ - start > 1)
        defect("space.extra", start);
    return true;
}

// --- Strings.

// A quote in the midst of a string is one that the server forgot to escape: it closes the string only where
// something follows that can stand behind a string. A string that does not close is looked through once: no
// other quote in the same stretch closes either.
lexer::quoted_end lexer::find_quote(const char* place) noexcept {
    quoted_end found;
    stretch& unclosed = unclosed_[bare_backslash_ ? 1 : 0];
    if (place >= unclosed.from && place < unclosed.to) {
        found.place = unclosed.to;
        return found;
    }
    const char* const first = place;
    for (; place != end_; ++place) {
        const char c = *place;
        if (stands_for_itself(c))
            continue;
        if (c == '"') {
            if (closes(place + 1)) {
                found.closed = true;
                break;
            }
            found.bare_quote = true;
        } else if (c == '\\') {
            const char following = end_ - place > 1 ? place[1] : '\0';
            if (following == '"' && bare_backslash_ && closes(place + 2)) {
                found.bare_backslash = true;
            } else if (following == '"' || following == '\\') {
                found.escapes = true;
                ++place;
            } else {
                found.bare_backslash = true;
            }
        } else if (c == '\n' || (c == '\r' && end_ - place > 1 && place[1] == '\n')) {
            break;
        } else if (static_cast<unsigned char>(c) >= 0x80) {
            found.eight_bit = true;
        } else {
            found.control = true;
        }
    }
    found.place = place;
    if (!found.closed) {
        unclosed = {first, place};
    }
    return found;
}

bool lexer::odd_quoted(std::string_view& text) {
    const char* const start = next_;
    const quoted_end found = find_quote(start + 1);
    if (!found.closed)
        return fail("quoted-string.unclosed");
    text = {start + 1, static_cast<std::size_t>(found.place - start - 1)};
    next_ = found.place + 1;
    if (found.bare_quote)
        defect("quoted-string.unescaped-quote", start);
    if (found.bare_backslash)
        defect("quoted-string.unescaped-backslash", start);
    if (found.control)
        defect("quoted-string.control-character", start);
    if (found.eight_bit && !options_.utf8_names)
        defect("quoted-string.8-bit", start);
    if (!found.escapes)
        return true;

    char* const copy = memory_.room<char>(text.size());
    char* last = copy;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\'))
            ++i;
        *last++ = text[i];
    }
    text = {copy, static_cast<std::size_t>(last - copy)};
    return true;
}

bool lexer::is_elided(const char* place) const noexcept {
    if (elided_.empty())
        return false;
    const auto found =
        std::lower_bound(elided_.begin(), elided_.end(), offset(place),
                         [](const elided_literal& e, std::size_t at) { return e.offset < at; });
    return found != elided_.end() && found->offset == offset(place);
}

bool lexer::literal(literal_text& text) {
    const char* const start = next_;
    const literal_marker marker = read_literal_marker(next_, end_);
    if (!marker.size_known)
        return fail("literal.malformed");
    if (marker.negative)
        defect("literal.negative", start, marker.end);
    if (marker.non_synchronizing)
        defect("literal.non-synchronizing", start, marker.end);
    if (marker.spaces)
        defect("literal.space-before-line-end", start, marker.end);
    if (marker.bare_lf)
        defect("line-end.lf", start, marker.end);
    text.binary = marker.binary;
    text.size = marker.size;
    if (is_elided(marker.end)) {
        text.octets = {};
        text.streamed = true;
        next_ = marker.end;
        return true;
    }
    if (marker.size > static_cast<std::uint64_t>(end_ - marker.end))
        return fail("literal.cut-off");
    text.octets = {marker.end, static_cast<std::size_t>(marker.size)};
    text.streamed = false;
    next_ = marker.end + marker.size;
    return true;
}

bool lexer::other_nstring(coimap::nstring& text) {
    const char* const start = next_;
    if (at_literal()) {
        literal_text found;
        if (!literal(found))
            return false;
        if (found.binary)
            defect("literal8.unexpected", start, start + 1);
        if (found.streamed)
            text.reset();
        else
            text = found.octets;
        return true;
    }
    if (peek() == '(' && peek(1) == ')') {
        next_ += 2;
        text.reset();
        defect("nil.empty-list", start);
        return true;
    }
    std::string_view view;
    if (!other_string(view))
        return false;
    text = view;
    return true;
}

bool lexer::other_string(std::string_view& text) {
    const char* const start = next_;
    if (at_literal()) {
        literal_text found;
        if (!literal(found))
            return false;
        if (found.binary)
            defect("literal8.unexpected", start, start + 1);
        if (found.streamed)
            defect("literal.streamed-elsewhere", start);
        text = found.octets;
        return true;
    }
    text = word();
    if (text.empty())
        return fail("string.missing");
    defect("string.unquoted", start);
    return true;
}

bool lexer::astring(std::string_view& text) {
    if (peek() == '"')
        return quoted(text);
    if (at_literal())
        return other_string(text);
    const char* const start = next_;
    text = scan(astring_octet);
    if (next_ != end_ && is_octet(*next_, word_octet)) {
        next_ = start;
        text = word();
        defect("atom.special", start);
    }
    return text.empty() ? fail("astring.missing") : true;
}

// --- Numbers.

bool lexer::odd_number(std::uint64_t& value) {
    const char* const start = next_;
    if (peek() == '-' && is_digit(peek(1))) {
        ++next_;
        scan(digit_octet);
        value = 0;
        defect("number.negative", start);
        return true;
    }
    std::uint64_t sum = 0;
    const std::string_view digits = scan(digit_octet);
    if (digits.empty())
        return fail("number.missing");
    for (const char c : digits) {
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (sum > (most_number64 - digit) / 10) {
            next_ = start;
            return fail("number.out-of-range");
        }
        sum = sum * 10 + digit;
    }
    value = sum;
    if (peek() != '.')
        return true;

    // A floating point number, from printf("%g"): 9.3736e+06.
    ++next_;
    const std::string_view fraction = scan(digit_octet);
    unsigned exponent = 0;
    if ((peek() == 'e' || peek() == 'E') && (is_digit(peek(1)) || (peek(1) == '+' && is_digit(peek(2))))) {
        next_ += peek(1) == '+' ? 2 : 1;
        for (const char c : scan(digit_octet))
            exponent = exponent > 100 ? exponent : exponent * 10 + static_cast<unsigned>(c - '0');
    }
    for (unsigned i = 0; i < exponent; ++i) {
        const auto digit = i < fraction.size() ? static_cast<std::uint64_t>(fraction[i] - '0') : 0;
        if (value > (most_number64 - digit) / 10) {
            next_ = start;
            return fail("number.out-of-range");
        }
        value = value * 10 + digit;
        if (value == 0 && i > fraction.size())
            break;
    }
    defect("number.floating-point", start);
    return true;
}

bool lexer::nz_number(std::uint32_t& value) {
    const char* const start = next_;
    const std::size_t before = defect_count_;
    if (!number(value))
        return false;
    if (value == 0 && defect_count_ == before)
        defect("number.zero", start);
    return true;
}

void lexer::skip_number(const char* start) {
    next_ = start;
    scan(digit_octet);
    defect(take_failure("number.out-of-range"), start);
}

// --- What is not known.

bool lexer::value_at(coimap::value& value, std::size_t depth) {
    value = {};
    const char c = peek();
    if (c == '(') {
        if (depth >= deepest())
            return fail("limit.nesting");
        ++next_;
        list_builder<coimap::value, 4> items(memory_);
        for (bool first = true; element(first); first = false) {
            coimap::value item;
            if (!value_at(item, depth + 1))
                return false;
            if (is_full(items.size()))
                return fail("limit.list");
            items.push_back(item);
        }
        value.type = coimap::value::kind::list;
        value.items = items.finish();
        return true;
    }
    if (c == '"') {
        value.type = coimap::value::kind::string;
        return quoted(value.text);
    }
    if (at_literal()) {
        literal_text text;
        if (!literal(text))
            return false;
        value.number = text.size;
        if (!text.streamed) {
            value.type = coimap::value::kind::string;
            value.text = text.octets;
            value.number = 0;
        }
        return true;
    }
    if (nil())
        return true;
    value.text = word();
    if (value.text.empty())
        return fail("value.missing");
    value.type = coimap::value::kind::string;
    if (!std::all_of(value.text.begin(), value.text.end(), is_digit))
        return true;
    std::uint64_t sum = 0;
    for (const char digit : value.text) {
        const auto d = static_cast<std::uint64_t>(digit - '0');
        if (sum > (most_number64 - d) / 10)
            return true; // too large for a number: the digits are there
        sum = sum * 10 + d;
    }
    value.type = coimap::value::kind::number;
    value.number = sum;
    return true;
}

void lexer::skip_value() noexcept {
    std::size_t depth = 0;
    while (next_ != end_) {
        const char c = *next_;
        if (c == '"') {
            const quoted_end found = find_quote(next_ + 1);
            next_ = found.closed ? found.place + 1 : next_ + 1;
        } else if (c == '{') {
            const literal_marker marker = read_literal_marker(next_, end_);
            if (!marker.size_known) {
                ++next_;
                continue;
            }
            const auto left = static_cast<std::uint64_t>(end_ - marker.end);
            next_ = marker.end + (is_elided(marker.end) ? 0 : std::min(marker.size, left));
        } else if (c == '(') {
            ++depth;
            ++next_;
        } else if (c == ')') {
            if (depth == 0)
                return;
            --depth;
            ++next_;
            if (depth == 0)
                return;
        } else if (depth == 0 && (c == ' ' || c == '\n')) {
            return;
        } else {
            ++next_;
        }
    }
}

} // namespace coimap::wire
