#pragma once
// A moment with its zone, as INTERNALDATE (RFC 9051 section 9: date-time) and the Date header field write it.

#include "coimap/core/result.hpp"
#include "coimap/model/value_sink.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace coimap {

/// A calendar date without a zone: what SEARCH's SINCE, BEFORE and ON compare by.
struct date {
    std::int16_t year = 1970;
    std::uint8_t month = 1; ///< 1 to 12
    std::uint8_t day = 1;   ///< 1 to 31

    friend auto operator<=>(const date&, const date&) = default;
};

struct date_time {
    std::int16_t year = 1970;
    std::uint8_t month = 1;
    std::uint8_t day = 1;
    std::uint8_t hour = 0;
    std::uint8_t minute = 0;
    std::uint8_t second = 0;       ///< 0 to 60
    std::int16_t zone_minutes = 0; ///< east of Greenwich

    /// The moment on the UTC time line.
    std::chrono::sys_seconds to_sys() const noexcept;
    static date_time from_sys(std::chrono::sys_seconds moment, std::int16_t zone_minutes = 0) noexcept;

    friend bool operator==(const date_time&, const date_time&) = default;
};

/// `17-Jul-1996 02:44:25 -0700`, a leading space for the day and lower case tolerated. errc::bad_date else.
result<date_time> parse_internal_date(std::string_view text) noexcept;

/// The Date header field (RFC 5322 section 3.3 with its obsolete forms: two-digit years, zone names,
/// comments, no seconds, no weekday).
result<date_time> parse_header_date(std::string_view text) noexcept;

/// As INTERNALDATE and APPEND write it, without quotes.
std::string format_internal_date(const date_time& moment);

/// `1-Feb-1994`.
std::string format_date(const date& day);

/// ISO 8601: `1996-07-17T02:44:25-07:00`.
std::string format_iso(const date_time& moment);

void describe(value_sink& sink, const date_time& moment);

} // namespace coimap
