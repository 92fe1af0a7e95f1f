#include "coimap/model/fetch_items.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/number.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace coimap {

namespace {

/// A name of a header field (RFC 5322 section 2.2): printable ASCII without a colon.
bool is_field_name(std::string_view name) noexcept {
    return !name.empty() &&
           std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f && c != ':'; });
}

bool is_atom(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return c > ' ' && c < 0x7f && std::string_view("(){%*\"\\]").find(c) == std::string_view::npos;
    });
}

/// Takes `prefix` off the front, compared without case.
bool take(std::string_view& text, std::string_view prefix) noexcept {
    if (!istarts_with(text, prefix))
        return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// One header-fld-name (an astring; a literal has no place in a section that is text) and what ends it.
bool take_field_name(std::string_view& text) {
    std::string name;
    if (take(text, "\"")) {
        for (;;) {
            if (text.empty())
                return false;
            char c = text.front();
            text.remove_prefix(1);
            if (c == '"')
                return is_field_name(name);
            if (c == '\\') {
                if (text.empty() || (text.front() != '"' && text.front() != '\\'))
                    return false;
                c = text.front();
                text.remove_prefix(1);
            }
            name += c;
        }
    }
    const auto end = std::min(text.find_first_of(" )"), text.size());
    name = text.substr(0, end);
    text.remove_prefix(end);
    return is_field_name(name) && is_atom(name);
}

bool is_header_list(std::string_view text) {
    if (!take(text, "("))
        return false;
    do {
        if (!take_field_name(text))
            return false;
    } while (take(text, " "));
    return text == ")";
}

/// section-part, e.g. "1.2.3".
bool take_part(std::string_view& text) noexcept {
    for (;;) {
        const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
        const auto number = parse_number(text.substr(0, digits));
        if (!number || *number == 0 || *number > 0xffffffff || text.front() == '0')
            return false;
        text.remove_prefix(digits);
        // A dot and a digit go on with the number, a dot and a letter begin the section-text.
        if (text.size() < 2 || text[0] != '.' || !is_digit(text[1]))
            return true;
        text.remove_prefix(1);
    }
}

bool is_section_text(std::string_view text, bool behind_part) {
    if (iequals(text, "HEADER") || iequals(text, "TEXT"))
        return true;
    if (behind_part && iequals(text, "MIME"))
        return true;
    return (take(text, "HEADER.FIELDS.NOT ") || take(text, "HEADER.FIELDS ")) && is_header_list(text);
}

bool is_section(std::string_view text) {
    if (text.empty())
        return true;
    if (!is_digit(text.front()))
        return is_section_text(text, false);
    if (!take_part(text))
        return false;
    return text.empty() || (take(text, ".") && is_section_text(text, true));
}

bool is_part_or_whole(std::string_view section) noexcept {
    return section.empty() || (take_part(section) && section.empty());
}

constexpr std::array<std::pair<fetch_items::plain, std::string_view>, 12> names{{
    {fetch_items::uid, "UID"},
    {fetch_items::flags, "FLAGS"},
    {fetch_items::internal_date, "INTERNALDATE"},
    {fetch_items::size, "RFC822.SIZE"},
    {fetch_items::envelope, "ENVELOPE"},
    {fetch_items::body_structure, "BODYSTRUCTURE"},
    {fetch_items::body, "BODY"},
    {fetch_items::modseq, "MODSEQ"},
    {fetch_items::email_id, "EMAILID"},
    {fetch_items::thread_id, "THREADID"},
    {fetch_items::save_date, "SAVEDATE"},
    {fetch_items::preview, "PREVIEW"},
}};

} // namespace

body_item::body_item(std::string_view section) : section_(section) {
    if (!is_section(section))
        throw error(errc::invalid_argument);
}

body_item& body_item::partial(std::uint64_t origin, std::uint64_t count) {
    if (count == 0)
        throw error(errc::invalid_argument);
    origin_ = origin;
    count_ = count;
    return *this;
}

body_item& body_item::mark_seen(bool yes) {
    seen_ = yes;
    return *this;
}

body_item& body_item::binary(bool yes) {
    if (yes && !is_part_or_whole(section_))
        throw error(errc::invalid_argument);
    binary_ = yes;
    return *this;
}

std::string body_item::to_string() const {
    std::string text(binary_ ? "BINARY" : "BODY");
    if (!seen_)
        text += ".PEEK";
    text += '[';
    text += section_;
    text += ']';
    if (origin_) {
        text += '<';
        append_number(text, *origin_);
        text += '.';
        append_number(text, count_);
        text += '>';
    }
    return text;
}

fetch_items fetch_items::extension(std::string_view atom) {
    if (!is_atom(atom))
        throw error(errc::invalid_argument);
    fetch_items one;
    one.extensions_.emplace_back(atom);
    return one;
}

fetch_items& fetch_items::operator|=(const fetch_items& other) {
    mask_ |= other.mask_;
    const auto add = [](auto& mine, const auto& theirs) {
        for (const auto& each : theirs)
            if (std::find(mine.begin(), mine.end(), each) == mine.end())
                mine.push_back(each);
    };
    if (this != &other) {
        add(bodies_, other.bodies_);
        add(extensions_, other.extensions_);
    }
    return *this;
}

std::string fetch_items::to_string() const {
    std::string text("(");
    const auto add = [&text](std::string_view item) {
        if (text.size() > 1)
            text += ' ';
        text += item;
    };
    for (const auto& [item, name] : names)
        if (has(item))
            add(name);
    for (const std::string& each : extensions_)
        add(each);
    for (const body_item& each : bodies_)
        add(each.to_string());
    text += ')';
    return text;
}

namespace items {

body_item message() {
    return body_item("");
}
body_item header() {
    return body_item("HEADER");
}
body_item text() {
    return body_item("TEXT");
}

body_item part(std::string_view number) {
    if (!is_part_or_whole(number) || number.empty())
        throw error(errc::invalid_argument);
    return body_item(number);
}

body_item header_fields(const std::vector<std::string>& fields) {
    // Atoms where they can be: Courier refuses quoted names. What a field's name may hold never needs a
    // literal.
    std::string section("HEADER.FIELDS (");
    for (const std::string& name : fields) {
        if (!is_field_name(name))
            throw error(errc::invalid_argument);
        if (section.back() != '(')
            section += ' ';
        if (is_atom(name)) {
            section += name;
            continue;
        }
        section += '"';
        for (const char c : name) {
            if (c == '"' || c == '\\')
                section += '\\';
            section += c;
        }
        section += '"';
    }
    section += ')';
    return body_item(section);
}

} // namespace items

} // namespace coimap
