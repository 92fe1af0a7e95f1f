// Dates: what INTERNALDATE and the Date header field may look like, and what they become.

#include "coimap/model/date_time.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace coimap;

BOOST_AUTO_TEST_SUITE(model)
BOOST_AUTO_TEST_SUITE(date_times)

namespace {

struct row {
    std::string_view text;
    std::string_view iso; ///< empty: refused
};

std::string iso(const result<date_time>& moment) {
    return moment ? format_iso(*moment) : std::string();
}

} // namespace

BOOST_AUTO_TEST_CASE(internal_dates) {
    const row rows[] = {
        {"17-Jul-1996 02:44:25 -0700", "1996-07-17T02:44:25-07:00"},
        {" 7-jul-1996 02:44:25 +0530", "1996-07-07T02:44:25+05:30"},
        {"7-Jul-1996 02:44:25 +0000", "1996-07-07T02:44:25+00:00"},
        {"29-Feb-2024 23:59:60 +0000", "2024-02-29T23:59:60+00:00"},
        {"29-Feb-2023 00:00:00 +0000", ""},
        {"00-Jan-0000 00:00:00 +0000", ""},
        {"32-Jan-2000 00:00:00 +0000", ""},
        {"01-Foo-2000 00:00:00 +0000", ""},
        {"01-Jan-2000 24:00:00 +0000", ""},
        {"01-Jan-2000 00:00:00 0000", ""},
        {"01-Jan-2000 00:00:00 +00:00", ""},
        {"01-Jan-2000", ""},
        {"", ""},
        {std::string_view("01-Jan-2000 00:00:0\0 +0000", 26), ""},
    };
    for (const row& each : rows) {
        BOOST_TEST_INFO(each.text);
        BOOST_TEST(iso(parse_internal_date(each.text)) == each.iso);
    }
    BOOST_TEST(iso(parse_internal_date(std::string(100'000, '9'))) == "");
}

BOOST_AUTO_TEST_CASE(header_dates) {
    const row rows[] = {
        {"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)", "1996-07-17T02:23:25-07:00"},
        {"17 Jul 1996 02:23 -0700", "1996-07-17T02:23:00-07:00"},
        {"Fri, 21 Nov 97 09:55:06 EST", "1997-11-21T09:55:06-05:00"},
        {"21 Nov 03 09:55:06 GMT", "2003-11-21T09:55:06+00:00"},
        {"Fri (day), 21 (of) Nov 1997 09(h):55:06 -0600", "1997-11-21T09:55:06-06:00"},
        {"Mon, 1 Jan 2024 1:02:03", "2024-01-01T01:02:03+00:00"},
        {"Fri, 21 Nov 1997 09:55:06 (unclosed", "1997-11-21T09:55:06+00:00"},
        {"Fri, 21 Nov", ""},
        {"Fri, 31 Feb 1997 09:55:06 +0000", ""},
        {"Fri, 21 Nov 1997 09:55:06 +1", ""},
        {"Nov 21 1997", ""},
        {"", ""},
    };
    for (const row& each : rows) {
        BOOST_TEST_INFO(each.text);
        BOOST_TEST(iso(parse_header_date(each.text)) == each.iso);
    }
}

BOOST_AUTO_TEST_CASE(a_moment_and_back) {
    const date_time moment = *parse_internal_date("01-Jan-2000 00:30:00 +0100");
    BOOST_TEST(moment.to_sys().time_since_epoch().count() == 946683000);
    BOOST_TEST((date_time::from_sys(moment.to_sys(), 60) == moment));
    BOOST_TEST(format_iso(date_time::from_sys(moment.to_sys())) == "1999-12-31T23:30:00+00:00");
    BOOST_TEST(format_internal_date(moment) == "01-Jan-2000 00:30:00 +0100");
    BOOST_TEST(format_date(date{1994, 2, 1}) == "1-Feb-1994");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
