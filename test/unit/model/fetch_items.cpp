#include "coimap/model/fetch_items.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(fetch_item)

BOOST_AUTO_TEST_CASE(items_are_written_in_parentheses) {
    struct row {
        fetch_items items;
        const char* text;
        const char* why;
    };
    const row rows[] = {
        {items::uid, "(UID)", "one"},
        {items::envelope | items::uid | items::flags, "(UID FLAGS ENVELOPE)", "a mask has no order"},
        {items::all, "(FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)", "Gmail refuses macros"},
        {items::full, "(FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY)", "the same"},
        {items::message(), "(BODY.PEEK[])", "does not set \\Seen"},
        {items::message().mark_seen(), "(BODY[])", "does"},
        {items::text().partial(0, 1024), "(BODY.PEEK[TEXT]<0.1024>)", "a part of it"},
        {items::part("1.2").binary(), "(BINARY.PEEK[1.2])", "decoded by the server"},
        {items::uid | items::part("1") | items::part("2") | items::part("1"),
         "(UID BODY.PEEK[1] BODY.PEEK[2])", "asked for once"},
        {items::header_fields({"Subject", "From"}), "(BODY.PEEK[HEADER.FIELDS (Subject From)])",
         "atoms: Courier refuses quoted names"},
        {items::header_fields({"X[1]", "X\"\\"}), "(BODY.PEEK[HEADER.FIELDS (\"X[1]\" \"X\\\"\\\\\")])",
         "quoted where they are no atoms"},
        {fetch_items::extension("X-GM-LABELS") | items::uid, "(UID X-GM-LABELS)", "not known here"},
    };
    for (const row& each : rows)
        BOOST_TEST(each.items.to_string() == each.text, each.why);
}

BOOST_AUTO_TEST_CASE(sections_are_checked) {
    const std::string_view legal[] = {"",
                                      "HEADER",
                                      "header",
                                      "TEXT",
                                      "1",
                                      "1.2.3",
                                      "1.MIME",
                                      "4.2.HEADER",
                                      "4294967295",
                                      "1.TEXT",
                                      "HEADER.FIELDS (DATE)",
                                      "HEADER.FIELDS.NOT (DATE FROM)",
                                      "3.HEADER.FIELDS (\"X Y\")"};
    for (const std::string_view section : legal) {
        // A space is legal in a quoted string, but in no field's name.
        if (section.find("X Y") != std::string_view::npos)
            BOOST_CHECK_THROW(body_item{section}, error);
        else
            BOOST_CHECK_NO_THROW(body_item{section});
    }
    struct row {
        std::string_view section;
        const char* why;
    };
    const row rows[] = {
        {"MIME", "only behind a part"},
        {"0", "parts count from 1"},
        {"01", "no leading zero"},
        {"1.", "a dot too many"},
        {"1..2", "two dots"},
        {".1", "a dot in front"},
        {"1.FOO", "no such text"},
        {"4294967296", "33 bits"},
        {"HEADER.FIELDS", "without names"},
        {"HEADER.FIELDS ()", "without names"},
        {"HEADER.FIELDS (A", "not closed"},
        {"HEADER.FIELDS (A) ", "something behind it"},
        {"HEADER.FIELDS (A  B)", "two spaces"},
        {"HEADER.FIELDS ({3}", "a literal"},
        {"TEXT] BODY[", "out of the brackets"},
        {"]\r\nX1 XPWNED"sv, "a second command"},
        {"1\0"sv, "a NUL"},
    };
    for (const row& each : rows)
        BOOST_CHECK_THROW(body_item{each.section}, error);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_asked_for_cannot_be_built) {
    BOOST_CHECK_THROW(items::header_fields({}), error);
    BOOST_CHECK_THROW(items::header_fields({"a\r\nb"}), error);
    BOOST_CHECK_THROW(items::header_fields({"a:b"}), error);
    BOOST_CHECK_THROW(items::header_fields({""}), error);
    BOOST_CHECK_THROW(items::part(""), error);
    BOOST_CHECK_THROW(items::part("TEXT"), error);
    BOOST_CHECK_THROW(items::text().partial(0, 0), error);
    BOOST_CHECK_THROW(items::text().binary(), error);
    BOOST_CHECK_THROW(fetch_items::extension("A B"), error);
    BOOST_CHECK_THROW(fetch_items::extension("A)"), error);
    BOOST_CHECK_THROW(fetch_items::extension(""), error);
}

BOOST_AUTO_TEST_SUITE_END()
