#include "coimap/wire/command_writer.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/number.hpp"
#include "coimap/core/secret.hpp"
#include "coimap/core/utf8.hpp"

#include <algorithm>
#include <utility>

namespace coimap::wire {

namespace {

constexpr std::size_t longest_quoted = 1000; // some servers have a line buffer of a few thousand octets
constexpr std::uint64_t most_number = 0x7fffffffffffffff; // number64, RFC 9051 section 9
constexpr std::uint64_t longest_literal_minus = 4096;     // RFC 7888 section 5

bool is_eight_bit(char c) noexcept {
    return static_cast<unsigned char>(c) >= 0x80;
}

/// ATOM-CHAR (RFC 9051 section 9).
bool is_atom_char(char c) noexcept {
    switch (c) {
    case '(':
    case ')':
    case '{':
    case ' ':
    case '%':
    case '*':
    case '"':
    case '\\':
    case ']':
        return false;
    default:
        return !is_control(c) && !is_eight_bit(c);
    }
}

bool is_atom(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_atom_char);
}

/// An astring that may stand bare. NIL may not: it would be read as no string at all.
bool is_bare_astring(std::string_view text) noexcept {
    return !text.empty() && !iequals(text, "NIL") &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_atom_char(c) || c == ']'; });
}

bool can_be_quoted(std::string_view text, bool utf8) noexcept {
    bool eight_bit = false;
    for (const char c : text) {
        if (c == '\r' || c == '\n' || c == '\0')
            return false;
        eight_bit = eight_bit || is_eight_bit(c);
    }
    return !eight_bit || (utf8 && is_utf8(text));
}

bool is_date(int year, int month, int day) noexcept {
    if (year < 0 || year > 9999 || month < 1 || month > 12 || day < 1)
        return false;
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days[month - 1] + (leap && month == 2 ? 1 : 0);
}

bool is_date_time(const coimap::date_time& moment) noexcept {
    return is_date(moment.year, moment.month, moment.day) && moment.hour < 24 && moment.minute < 60 &&
           moment.second <= 60 && moment.zone_minutes > -24 * 60 && moment.zone_minutes < 24 * 60;
}

} // namespace

command_writer::command_writer(std::string_view tag, const writer_options& options) : options_(options) {
    command_.bytes += tag;
    command_.bytes += ' ';
}

void command_writer::fail(errc code) noexcept {
    if (!error_)
        error_ = make_error_code(code);
}

command_writer& command_writer::sp() {
    command_.bytes += ' ';
    return *this;
}

command_writer& command_writer::open() {
    command_.bytes += '(';
    return *this;
}

command_writer& command_writer::close() {
    command_.bytes += ')';
    return *this;
}

command_writer& command_writer::raw(std::string_view text) {
    const bool safe = std::none_of(text.begin(), text.end(),
                                   [](char c) { return is_control(c) || is_eight_bit(c) || c == '{'; });
    if (safe)
        command_.bytes += text;
    else
        fail(errc::invalid_argument);
    return *this;
}

command_writer& command_writer::line(std::string_view text) {
    const auto end = text.find_last_not_of(' ');
    // `{5}` or `{5+}` at the end would make a literal of what follows, which is the next command.
    const bool ends_in_brace =
        end != std::string_view::npos && text[end] == '}' && text.find('{') != std::string_view::npos;
    const bool eight_bit = std::any_of(text.begin(), text.end(), is_eight_bit);
    if (ends_in_brace || std::any_of(text.begin(), text.end(), is_control) ||
        (eight_bit && !(options_.utf8_quoted && is_utf8(text))))
        fail(errc::invalid_argument);
    else
        command_.bytes += text;
    return *this;
}

command_writer& command_writer::atom(std::string_view text) {
    if (is_atom(text))
        command_.bytes += text;
    else
        fail(errc::invalid_argument);
    return *this;
}

command_writer& command_writer::number(std::uint64_t value) {
    if (value <= most_number)
        append_number(command_.bytes, value);
    else
        fail(errc::invalid_argument);
    return *this;
}

command_writer& command_writer::astring(std::string_view text) {
    if (!is_bare_astring(text))
        return string(text);
    command_.bytes += text;
    return *this;
}

command_writer& command_writer::string(std::string_view text) {
    if (text.size() <= longest_quoted && can_be_quoted(text, options_.utf8_quoted))
        return quoted(text);
    if (text.find('\0') != std::string_view::npos) { // literal8 is no string
        fail(errc::invalid_argument);
        return *this;
    }
    return literal(text);
}

command_writer& command_writer::quoted(std::string_view text) {
    if (!can_be_quoted(text, options_.utf8_quoted)) {
        fail(errc::invalid_argument);
        return *this;
    }
    command_.bytes += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\')
            command_.bytes += '\\';
        command_.bytes += c;
    }
    command_.bytes += '"';
    return *this;
}

command_writer& command_writer::nil() {
    command_.bytes += "NIL";
    return *this;
}

command_writer& command_writer::mailbox(const mailbox_name& name) {
    if (const auto encoded = name.encode(options_.utf8_names))
        astring(*encoded);
    else
        fail(errc::invalid_argument);
    return *this;
}

command_writer& command_writer::list_mailbox(std::string_view utf8_pattern) {
    const auto encoded = mailbox_name(utf8_pattern).encode(options_.utf8_names);
    if (!encoded)
        fail(errc::invalid_argument);
    else if (!encoded->empty() &&
             std::all_of(encoded->begin(), encoded->end(),
                         [](char c) { return is_atom_char(c) || c == ']' || c == '%' || c == '*'; }) &&
             !iequals(*encoded, "NIL"))
        command_.bytes += *encoded;
    else
        string(*encoded);
    return *this;
}

command_writer& command_writer::set(const message_set& set) {
    // What `*` stands for in "last(n)" is last(1); any other count has to be resolved before.
    const bool unresolved = !set.is_saved() && set.ranges().empty() && set != message_set(last(1));
    if (set.empty() || unresolved)
        fail(errc::invalid_argument);
    else
        command_.bytes += set.to_string();
    return *this;
}

command_writer& command_writer::flags(const flag_set& flags) {
    open();
    bool first = true;
    for (const flag& each : flags) {
        if (!std::exchange(first, false))
            sp();
        command_.bytes += each.text(); // a flag cannot hold anything else
    }
    return close();
}

command_writer& command_writer::date(const coimap::date& day) {
    if (is_date(day.year, day.month, day.day))
        command_.bytes += format_date(day);
    else
        fail(errc::invalid_argument);
    return *this;
}

command_writer& command_writer::date_time(const coimap::date_time& moment) {
    if (!is_date_time(moment)) {
        fail(errc::invalid_argument);
        return *this;
    }
    return quoted(format_internal_date(moment));
}

command_writer& command_writer::literal(std::string_view octets) {
    const bool binary = octets.find('\0') != std::string_view::npos;
    if (binary && !options_.binary) {
        fail(errc::invalid_argument);
        return *this;
    }
    literal_header(octets.size(), binary);
    command_.bytes += octets;
    return *this;
}

command_writer& command_writer::streamed(std::uint64_t size) {
    literal_header(size, false);
    command_.streamed.push_back({command_.bytes.size(), size});
    return *this;
}

void command_writer::literal_header(std::uint64_t size, bool binary) {
    const bool synchronizing =
        !options_.literal_plus && !(options_.literal_minus && size <= longest_literal_minus);
    if (binary)
        command_.bytes += '~';
    command_.bytes += '{';
    append_number(command_.bytes, size);
    command_.bytes += synchronizing ? "}\r\n" : "+}\r\n";
    if (synchronizing)
        command_.sync_points.push_back(command_.bytes.size());
}

command_writer& command_writer::secret() {
    command_.secret = true;
    return *this;
}

result<encoded_command> command_writer::finish() && {
    if (error_) {
        if (command_.secret)
            wipe(command_.bytes);
        return error_;
    }
    command_.bytes += "\r\n";
    return std::move(command_);
}

} // namespace coimap::wire
