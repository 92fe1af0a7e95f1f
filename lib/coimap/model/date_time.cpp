#include "coimap/model/date_time.hpp"

#include "coimap/core/ascii.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace coimap {

namespace {

constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Three letters without their case, as one number.
constexpr std::uint32_t letters(std::string_view name) noexcept {
    std::uint32_t sum = 0;
    for (const char c : name)
        sum = sum << 8 | (static_cast<unsigned char>(c) | 0x20U);
    return sum;
}

std::optional<std::uint8_t> find_month(std::string_view text) noexcept {
    static constexpr auto names = [] {
        std::array<std::uint32_t, 12> sums{};
        for (std::size_t i = 0; i < months.size(); ++i)
            sums[i] = letters(months[i]);
        return sums;
    }();
    if (text.size() != 3)
        return std::nullopt;
    const std::uint32_t sought = letters(text);
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == sought)
            return static_cast<std::uint8_t>(i + 1);
    return std::nullopt;
}

bool is_calendar_date(const date_time& moment) noexcept {
    constexpr std::uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = moment.year % 4 == 0 && (moment.year % 100 != 0 || moment.year % 400 == 0);
    const int most = moment.month == 2 && leap ? 29 : days[moment.month - 1];
    return moment.year >= 1 && moment.day >= 1 && moment.day <= most && moment.hour < 24 &&
           moment.minute < 60 && moment.second <= 60;
}

// So many digits, all of them, as a number; -1 when it is none.
int digits(std::string_view text) noexcept {
    int sum = 0;
    for (const char c : text) {
        if (!is_digit(c))
            return -1;
        sum = sum * 10 + (c - '0');
    }
    return text.empty() ? -1 : sum;
}

// `+0200`.
std::optional<std::int16_t> parse_zone(std::string_view text) noexcept {
    if (text.size() != 5 || (text[0] != '+' && text[0] != '-'))
        return std::nullopt;
    const int hours = digits(text.substr(1, 2));
    const int minutes = digits(text.substr(3, 2));
    if (hours < 0 || minutes < 0 || minutes > 59 || hours > 23)
        return std::nullopt;
    const int zone = hours * 60 + minutes;
    return static_cast<std::int16_t>(text[0] == '-' ? -zone : zone);
}

// The words and numbers of a header field, without comments.
class header_words {
public:
    explicit header_words(std::string_view text) noexcept : rest_(text) {}

    /// A number, a word of letters, a zone, or one other octet; empty at the end.
    std::string_view next() noexcept {
        skip_space();
        if (rest_.empty())
            return {};
        const char first = rest_.front();
        std::size_t size = 1;
        if (is_digit(first) || first == '+' || first == '-')
            while (size < rest_.size() && is_digit(rest_[size]))
                ++size;
        else if (is_alpha(first))
            while (size < rest_.size() && is_alpha(rest_[size]))
                ++size;
        const std::string_view word = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return word;
    }

    char peek() noexcept {
        skip_space();
        return rest_.empty() ? '\0' : rest_.front();
    }

private:
    void skip_space() noexcept {
        std::size_t depth = 0;
        while (!rest_.empty()) {
            const char c = rest_.front();
            if (c == '(')
                ++depth;
            else if (c == ')' && depth > 0)
                --depth;
            else if (c == '\\' && depth > 0 && rest_.size() > 1)
                rest_.remove_prefix(1);
            else if (depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n')
                return;
            rest_.remove_prefix(1);
        }
    }

    std::string_view rest_;
};

// RFC 5322 section 4.3. Unknown names, and the military letters, mean no more than UTC.
std::int16_t named_zone(std::string_view name) noexcept {
    struct zone {
        std::string_view name;
        std::int16_t hours;
    };
    constexpr zone zones[] = {{"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5},
                              {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    for (const zone& each : zones)
        if (iequals(name, each.name))
            return static_cast<std::int16_t>(each.hours * 60);
    return 0;
}

std::int16_t full_year(int year, std::size_t digits_written) noexcept {
    if (digits_written == 2)
        year += year < 50 ? 2000 : 1900;
    else if (digits_written == 3)
        year += 1900;
    return static_cast<std::int16_t>(year);
}

} // namespace

std::chrono::sys_seconds date_time::to_sys() const noexcept {
    using namespace std::chrono;
    const sys_days day_start = std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
    return day_start + hours{hour} + minutes{minute} + seconds{second} - minutes{zone_minutes};
}

date_time date_time::from_sys(std::chrono::sys_seconds moment, std::int16_t zone_minutes) noexcept {
    using namespace std::chrono;
    const sys_seconds local = moment + minutes{zone_minutes};
    const sys_days day_start = floor<days>(local);
    const year_month_day calendar{day_start};
    const hh_mm_ss clock{local - day_start};
    date_time result;
    result.year = static_cast<std::int16_t>(static_cast<int>(calendar.year()));
    result.month = static_cast<std::uint8_t>(static_cast<unsigned>(calendar.month()));
    result.day = static_cast<std::uint8_t>(static_cast<unsigned>(calendar.day()));
    result.hour = static_cast<std::uint8_t>(clock.hours().count());
    result.minute = static_cast<std::uint8_t>(clock.minutes().count());
    result.second = static_cast<std::uint8_t>(clock.seconds().count());
    result.zone_minutes = zone_minutes;
    return result;
}

result<date_time> parse_internal_date(std::string_view text) noexcept {
    // dd-Mon-yyyy hh:mm:ss +zzzz, the day with a space or without its zero.
    const std::size_t shift = text.size() == 25 ? 1 : 0;
    if (text.size() + shift != 26)
        return errc::bad_date;
    const auto part = [&](std::size_t at, std::size_t size) { return text.substr(at - shift, size); };
    std::string_view day = text.substr(0, 2 - shift);
    if (day.front() == ' ')
        day.remove_prefix(1);
    const auto month = find_month(part(3, 3));
    const auto zone = parse_zone(part(21, 5));
    const int numbers[] = {digits(part(7, 4)), digits(day), digits(part(12, 2)), digits(part(15, 2)),
                           digits(part(18, 2))};
    for (const int number : numbers)
        if (number < 0)
            return errc::bad_date;
    const auto at = [&](std::size_t place) { return text[place - shift]; };
    if (!month || !zone || at(2) != '-' || at(6) != '-' || at(11) != ' ' || at(14) != ':' || at(17) != ':' ||
        at(20) != ' ')
        return errc::bad_date;
    date_time moment;
    moment.year = static_cast<std::int16_t>(numbers[0]);
    moment.month = *month;
    moment.day = static_cast<std::uint8_t>(numbers[1]);
    moment.hour = static_cast<std::uint8_t>(numbers[2]);
    moment.minute = static_cast<std::uint8_t>(numbers[3]);
    moment.second = static_cast<std::uint8_t>(numbers[4]);
    moment.zone_minutes = *zone;
    if (!is_calendar_date(moment))
        return errc::bad_date;
    return moment;
}

result<date_time> parse_header_date(std::string_view text) noexcept {
    header_words words(text);
    std::string_view word = words.next();
    if (!word.empty() && is_alpha(word.front())) { // the weekday, which may be wrong and says nothing new
        word = words.next();
        if (word == ",")
            word = words.next();
    }
    const auto two_digits = [](std::string_view each) {
        return each.size() <= 2 && !each.empty() ? digits(each) : -1;
    };
    const int day = two_digits(word);
    const auto month = find_month(words.next().substr(0, 3));
    const std::string_view year_word = words.next();
    const int year = year_word.size() <= 4 && year_word.size() >= 2 ? digits(year_word) : -1;
    const int hour = two_digits(words.next());
    if (day < 0 || !month || year < 0 || hour < 0 || words.next() != ":")
        return errc::bad_date;
    const int minute = two_digits(words.next());
    int second = 0;
    if (words.peek() == ':') {
        words.next();
        second = two_digits(words.next());
    }
    if (minute < 0 || second < 0)
        return errc::bad_date;

    date_time moment;
    moment.year = full_year(year, year_word.size());
    moment.month = *month;
    moment.day = static_cast<std::uint8_t>(day);
    moment.hour = static_cast<std::uint8_t>(hour);
    moment.minute = static_cast<std::uint8_t>(minute);
    moment.second = static_cast<std::uint8_t>(second);
    const std::string_view zone_word = words.next();
    if (!zone_word.empty() && is_alpha(zone_word.front())) {
        moment.zone_minutes = named_zone(zone_word);
    } else if (!zone_word.empty()) {
        const auto zone = parse_zone(zone_word);
        if (!zone)
            return errc::bad_date;
        moment.zone_minutes = *zone;
    }
    if (!is_calendar_date(moment))
        return errc::bad_date;
    return moment;
}

namespace {

template<class... Arguments>
std::string format(const char* pattern, Arguments... arguments) {
    char text[64];
    const int size = std::snprintf(text, sizeof text, pattern, arguments...);
    return std::string(text, static_cast<std::size_t>(size));
}

const char* month_name(unsigned month) noexcept {
    return months[(month - 1) % 12].data();
}

} // namespace

std::string format_internal_date(const date_time& moment) {
    const int zone = std::abs(moment.zone_minutes);
    return format("%02d-%.3s-%04d %02d:%02d:%02d %c%02d%02d", moment.day, month_name(moment.month),
                  moment.year, moment.hour, moment.minute, moment.second, moment.zone_minutes < 0 ? '-' : '+',
                  zone / 60, zone % 60);
}

std::string format_date(const date& day) {
    return format("%d-%.3s-%04d", day.day, month_name(day.month), day.year);
}

std::string format_iso(const date_time& moment) {
    const int zone = std::abs(moment.zone_minutes);
    return format("%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", moment.year, moment.month, moment.day,
                  moment.hour, moment.minute, moment.second, moment.zone_minutes < 0 ? '-' : '+', zone / 60,
                  zone % 60);
}

void describe(value_sink& sink, const date_time& moment) {
    sink.string(format_iso(moment));
}

} // namespace coimap
