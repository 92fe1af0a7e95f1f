#include "tools/repl/imap_words.hpp"

#include "tools/common/exit_status.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/number.hpp"

#include <array>
#include <cstdio>
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

// "2024-02-30" is a day that does not exist.
bool exists(int year, int month, int day) noexcept {
    return std::chrono::year_month_day(std::chrono::year(year),
                                       std::chrono::month(static_cast<unsigned>(month)),
                                       std::chrono::day(static_cast<unsigned>(day)))
               .ok() &&
           year >= 1 && year <= 9999;
}

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
    int year = 0, month = 0, day = 0, length = 0;
    char name[4] = "";
    if (std::sscanf(text.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &length) == 3 &&
        static_cast<std::size_t>(length) == text.size() && exists(year, month, day))
        return {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(month),
                static_cast<std::uint8_t>(day)};
    if (std::sscanf(text.c_str(), "%2d-%3[A-Za-z]-%4d%n", &day, name, &year, &length) == 3 &&
        static_cast<std::size_t>(length) == text.size()) {
        for (std::size_t i = 0; i < month_names.size(); ++i)
            if (iequals(month_names[i], name) && exists(year, static_cast<int>(i) + 1, day))
                return {static_cast<std::int16_t>(year), static_cast<std::uint8_t>(i + 1),
                        static_cast<std::uint8_t>(day)};
    }
    throw usage_error("\"" + text + "\" is no date: write 2024-02-01 or 1-Feb-2024");
}

date_time parse_moment(const std::string& text) {
    if (const auto moment = parse_internal_date(text))
        return *moment;
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zone_hour = 0, zone_minute = 0,
        length = 0;
    char sign = '+';
    const int read = std::sscanf(text.c_str(), "%4d-%2d-%2d%*1[Tt ]%2d:%2d:%2d%n", &year, &month, &day, &hour,
                                 &minute, &second, &length);
    std::string_view zone =
        std::string_view(text).substr(read == 6 ? static_cast<std::size_t>(length) : text.size());
    bool good = read == 6 && exists(year, month, day) && hour < 24 && minute < 60 && second <= 60;
    if (good && !zone.empty() && zone != "Z")
        good = std::sscanf(zone.data(), "%1[+-]%2d:%2d%n", &sign, &zone_hour, &zone_minute, &length) == 3 &&
               static_cast<std::size_t>(length) == zone.size() && zone_hour < 24 && zone_minute < 60;
    if (!good)
        throw usage_error("\"" + text + "\" is no moment: write 2024-02-01T12:30:00+01:00");
    date_time moment;
    moment.year = static_cast<std::int16_t>(year);
    moment.month = static_cast<std::uint8_t>(month);
    moment.day = static_cast<std::uint8_t>(day);
    moment.hour = static_cast<std::uint8_t>(hour);
    moment.minute = static_cast<std::uint8_t>(minute);
    moment.second = static_cast<std::uint8_t>(second);
    const int east = zone_hour * 60 + zone_minute;
    moment.zone_minutes = static_cast<std::int16_t>(sign == '-' ? -east : east);
    return moment;
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
