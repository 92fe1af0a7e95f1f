#include "repl/verbs/imap_words.hpp"

#include "common/exit_status.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/number.hpp"

#include <array>
#include <optional>

namespace coimap::tools {
namespace {

template<class Set>
Set parse_set(const std::string& text) {
    auto ranges = number_ranges::parse(text);
    if (!ranges)
        throw usage_error("\"" + text + "\" is no set of messages: write 1:5,7,* or all, last:10, $");
    return Set(*std::move(ranges));
}

template<class Value>
struct named {
    std::string_view name;
    Value value;
};

template<class Table>
auto find_named(const Table& table, std::string_view name) -> const typename Table::value_type* {
    for (const auto& each : table)
        if (iequals(each.name, name))
            return &each;
    return nullptr;
}

constexpr std::array plain_items{
    named<std::uint32_t>{"UID", fetch_items::uid},
    named<std::uint32_t>{"FLAGS", fetch_items::flags},
    named<std::uint32_t>{"INTERNALDATE", fetch_items::internal_date},
    named<std::uint32_t>{"RFC822.SIZE", fetch_items::size},
    named<std::uint32_t>{"SIZE", fetch_items::size},
    named<std::uint32_t>{"ENVELOPE", fetch_items::envelope},
    named<std::uint32_t>{"BODYSTRUCTURE", fetch_items::body_structure},
    named<std::uint32_t>{"BODY", fetch_items::body},
    named<std::uint32_t>{"MODSEQ", fetch_items::modseq},
    named<std::uint32_t>{"EMAILID", fetch_items::email_id},
    named<std::uint32_t>{"THREADID", fetch_items::thread_id},
    named<std::uint32_t>{"SAVEDATE", fetch_items::save_date},
    named<std::uint32_t>{"PREVIEW", fetch_items::preview},
    named<std::uint32_t>{"FAST", fetch_items::flags | fetch_items::internal_date | fetch_items::size},
    named<std::uint32_t>{"ALL", fetch_items::flags | fetch_items::internal_date | fetch_items::size |
                                    fetch_items::envelope},
    named<std::uint32_t>{"FULL", fetch_items::flags | fetch_items::internal_date | fetch_items::size |
                                     fetch_items::envelope | fetch_items::body},
};

// BODY[...], BODY.PEEK[...], BINARY[...], BINARY.PEEK[...], each perhaps with <origin.count>.
std::optional<body_item> parse_body(const std::string& text) {
    const std::size_t open = text.find('[');
    const std::size_t close = text.rfind(']');
    if (open == std::string::npos || close == std::string::npos || close < open)
        return std::nullopt;
    const std::string_view name = std::string_view(text).substr(0, open);
    const bool binary = istarts_with(name, "BINARY");
    const bool peek = iequals(name, "BODY.PEEK") || iequals(name, "BINARY.PEEK");
    if (!peek && !iequals(name, "BODY") && !iequals(name, "BINARY"))
        return std::nullopt;
    body_item item(std::string_view(text).substr(open + 1, close - open - 1));
    item.binary(binary).mark_seen(!peek);
    const std::string_view rest = std::string_view(text).substr(close + 1);
    if (rest.empty())
        return item;
    const std::size_t dot = rest.find('.');
    if (rest.front() != '<' || rest.back() != '>' || dot == std::string_view::npos)
        return std::nullopt;
    const auto origin = parse_number(rest.substr(1, dot - 1));
    const auto count = parse_number(rest.substr(dot + 1, rest.size() - dot - 2));
    if (!origin || !count)
        return std::nullopt;
    return item.partial(*origin, *count);
}

constexpr std::array status_names{
    named<status_items>{"MESSAGES", status_items::messages},
    named<status_items>{"RECENT", status_items::recent},
    named<status_items>{"UNSEEN", status_items::unseen},
    named<status_items>{"UIDNEXT", status_items::uid_next},
    named<status_items>{"UIDVALIDITY", status_items::uid_validity},
    named<status_items>{"DELETED", status_items::deleted},
    named<status_items>{"SIZE", status_items::size},
    named<status_items>{"HIGHESTMODSEQ", status_items::highest_modseq},
    named<status_items>{"APPENDLIMIT", status_items::append_limit},
    named<status_items>{"MAILBOXID", status_items::mailbox_id},
    named<status_items>{"DELETED-STORAGE", status_items::deleted_storage},
};

template<class Table>
std::string names_of(const Table& table) {
    std::string text;
    for (const auto& each : table)
        text.append(text.empty() ? "" : " ").append(each.name);
    return text;
}

constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Reads a date from its beginning on, by digits and the marks between them.
class pattern_reader {
public:
    explicit pattern_reader(std::string_view text) : rest_(text) {}

    bool at_end() const noexcept { return rest_.empty(); }

    /// 2024-02-01
    std::optional<date> day() {
        const auto year = digits(4);
        const auto month = mark("-") ? digits(2) : std::nullopt;
        const auto number = mark("-") ? digits(2) : std::nullopt;
        if (!year || !month || !number)
            return std::nullopt;
        return made(*year, *month, *number);
    }

    /// 1-Feb-2024
    std::optional<date> imap_day() {
        const auto number = rest_.size() > 1 && is_digit(rest_[1]) ? digits(2) : digits(1);
        if (!number || !mark("-"))
            return std::nullopt;
        for (unsigned month = 1; month <= month_names.size(); ++month) {
            if (!istarts_with(rest_, month_names[month - 1]))
                continue;
            rest_.remove_prefix(3);
            const auto year = mark("-") ? digits(4) : std::nullopt;
            return year ? made(*year, month, *number) : std::nullopt;
        }
        return std::nullopt;
    }

    /// 2024-02-01T12:30:00, perhaps with Z or +01:00 behind it
    std::optional<date_time> moment() {
        const auto when = day();
        const auto hour = when && mark("Tt ") ? digits(2) : std::nullopt;
        const auto minute = hour && mark(":") ? digits(2) : std::nullopt;
        const auto second = minute && mark(":") ? digits(2) : std::nullopt;
        const auto east = second ? zone() : std::nullopt;
        if (!east || *hour > 23 || *minute > 59 || *second > 60)
            return std::nullopt;
        date_time found;
        found.year = when->year;
        found.month = when->month;
        found.day = when->day;
        found.hour = static_cast<std::uint8_t>(*hour);
        found.minute = static_cast<std::uint8_t>(*minute);
        found.second = static_cast<std::uint8_t>(*second);
        found.zone_minutes = *east;
        return found;
    }

private:
    std::optional<unsigned> digits(std::size_t count) {
        const auto value = rest_.size() < count ? std::nullopt : parse_number(rest_.substr(0, count));
        if (!value)
            return std::nullopt;
        rest_.remove_prefix(count);
        return static_cast<unsigned>(*value);
    }

    bool mark(std::string_view one_of) {
        if (rest_.empty() || one_of.find(rest_[0]) == std::string_view::npos)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::optional<std::int16_t> zone() {
        if (rest_.empty() || mark("Zz"))
            return std::int16_t{0};
        const bool west = rest_[0] == '-';
        const auto hours = mark("+-") ? digits(2) : std::nullopt;
        const auto minutes = hours && mark(":") ? digits(2) : std::nullopt;
        if (!minutes || *hours > 23 || *minutes > 59)
            return std::nullopt;
        const int east = static_cast<int>(*hours * 60 + *minutes);
        return static_cast<std::int16_t>(west ? -east : east);
    }

    static std::optional<date> made(unsigned year, unsigned month, unsigned day) {
        using namespace std::chrono;
        if (year == 0 || !year_month_day(std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                                         std::chrono::day(day))
                              .ok())
            return std::nullopt;
        date found;
        found.year = static_cast<std::int16_t>(year);
        found.month = static_cast<std::uint8_t>(month);
        found.day = static_cast<std::uint8_t>(day);
        return found;
    }

    std::string_view rest_;
};

} // namespace

message_set take_messages(word_list& words, bool by_uid) {
    const word taken = words.take("the messages, such as 1:5, last:10 or all");
    if (taken.is("$"))
        return saved_result();
    const bool is_last = istarts_with(taken.text, "last:");
    const auto count = is_last ? parse_number(taken.text.substr(5)) : std::nullopt;
    if (is_last && (!count || *count == 0 || *count >= star))
        throw usage_error("last: needs a number of messages behind it");
    // `last(n)` is by position, which a UID command cannot express; the position is as good where it is used
    // at once.
    if (is_last)
        return last(static_cast<std::uint32_t>(*count));
    if (taken.is("all") && by_uid)
        return uid_set::all();
    if (taken.is("all"))
        return sequence_set::all();
    if (by_uid)
        return parse_set<uid_set>(taken.text);
    return parse_set<sequence_set>(taken.text);
}

uid_set take_uids(word_list& words) {
    const word taken = words.take("the UIDs, such as 1:5");
    return taken.is("all") ? uid_set::all() : parse_set<uid_set>(taken.text);
}

flag_set take_flags(word_list& words) {
    std::vector<flag> flags;
    for (const word& each : words.take_group()) {
        auto made = flag::make(each.text);
        if (!made)
            throw usage_error("\"" + each.text + "\" is no flag: they look like \\Seen or $Work");
        flags.push_back(*std::move(made));
    }
    return flag_set(std::move(flags));
}

date parse_day(const std::string& text) {
    pattern_reader iso(text);
    if (const auto day = iso.day(); day && iso.at_end())
        return *day;
    pattern_reader imap(text);
    if (const auto day = imap.imap_day(); day && imap.at_end())
        return *day;
    throw usage_error("\"" + text + "\" is no date: write 2024-02-01 or 1-Feb-2024");
}

date_time parse_moment(const std::string& text) {
    if (const auto moment = parse_internal_date(text))
        return *moment;
    pattern_reader reader(text);
    const auto moment = reader.moment();
    if (!moment || !reader.at_end())
        throw usage_error("\"" + text + "\" is no moment: write 2024-02-01T12:30:00+01:00");
    return *moment;
}

std::chrono::milliseconds parse_duration(const std::string& text) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto count = parse_number(std::string_view(text).substr(0, end));
    const std::string_view unit = std::string_view(text).substr(end);
    constexpr std::array units{named<std::int64_t>{"", 1000},       named<std::int64_t>{"ms", 1},
                               named<std::int64_t>{"s", 1000},      named<std::int64_t>{"m", 60'000},
                               named<std::int64_t>{"h", 3'600'000}, named<std::int64_t>{"d", 86'400'000}};
    const auto* const found = find_named(units, unit);
    if (!count || found == nullptr || *count > 100'000'000)
        throw usage_error("\"" + text + "\" is no duration: write 90, 90s, 10m or 1h");
    return std::chrono::milliseconds(static_cast<std::int64_t>(*count) * found->value);
}

fetch_items parse_items(const std::vector<word>& words, const std::string& verb) {
    fetch_items items;
    for (const word& each : words) {
        if (const auto* const plain = find_named(plain_items, each.text)) {
            items |= fetch_items(plain->value);
        } else if (each.text.find('[') != std::string::npos) {
            const auto body = parse_body(each.text);
            if (!body)
                throw usage_error(verb + ": \"" + each.text +
                                  "\" is no part of a message: write body.peek[1.2] or "
                                  "body.peek[header]<0.1024>");
            items |= fetch_items(*body);
        } else if (each.is("(") || each.is(")")) {
            throw usage_error(verb + ": parentheses do not fit there");
        } else {
            items |= fetch_items::extension(upper(each.text));
        }
    }
    return items.empty() ? items::all : items;
}

status_items parse_status_items(const std::vector<word>& words, const std::string& verb) {
    status_items items;
    for (const word& each : words) {
        const auto* const found = find_named(status_names, each.text);
        if (found == nullptr)
            throw usage_error(verb + ": \"" + each.text + "\" is no item; there are " +
                              names_of(status_names));
        items = items | found->value;
    }
    if (items.empty())
        items = status::messages | status::unseen | status::uid_next | status::uid_validity;
    return items;
}

} // namespace coimap::tools
