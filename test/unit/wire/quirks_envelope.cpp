// ENVELOPE as servers deviate from the grammar.

#include "unit/wire/reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::string_literals;
using coimap::test::check_readings;
using coimap::test::reading;

BOOST_AUTO_TEST_SUITE(wire)
BOOST_AUTO_TEST_SUITE(quirks_envelope)

BOOST_AUTO_TEST_CASE(envelope) {
    // clang-format off
    const reading rows[] = {
        {"space between addresses (Outlook.com)",
         "* 1 FETCH (ENVELOPE (NIL NIL ((\"a\" NIL \"b\" \"c\") (\"d\" NIL \"e\" \"f\")) NIL NIL NIL NIL NIL NIL NIL))\r\n"s,
         R"json({"type":"fetch","seq":1,"envelope":{"from":[{"name":"a","mailbox":"b","host":"c"},{"name":"d","mailbox":"e","host":"f"}]},"defects":[{"rule":"address-list.space","offset":47,"bytes":" "}]})json"},
        {"unescaped quotes",
         "* 1 FETCH (ENVELOPE (NIL \"a \"b\"c\" NIL NIL NIL NIL NIL NIL NIL \"<\"x\"@y>\"))\r\n"s,
         R"json({"type":"fetch","seq":1,"envelope":{"subject":"a \"b\"c","message_id":"<\"x\"@y>"},"defects":[{"rule":"quoted-string.unescaped-quote","offset":25,"bytes":"\"a \"b\"c\""},{"rule":"quoted-string.unescaped-quote","offset":62,"bytes":"\"<\"x\"@y>\""}]})json"},
        {"unescaped quotes: only quotes (163)",
         "* 1 FETCH (ENVELOPE (NIL \"\"\"\" NIL NIL NIL NIL NIL NIL NIL NIL))\r\n"s,
         R"json({"type":"fetch","seq":1,"envelope":{"subject":"\"\""},"defects":[{"rule":"quoted-string.unescaped-quote","offset":25,"bytes":"\"\"\"\""}]})json"},
        {"a backslash at the end of a string (QQ)",
         "* 1 FETCH (ENVELOPE (NIL \"s\" ((\"a\" NIL \"b\" \"qq.com\\\")) ((\"a\" NIL \"b\" \"qq.com\\\")) NIL NIL NIL NIL NIL \"<id>\") UID 7)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":7,"envelope":{"subject":"s","from":[{"name":"a","mailbox":"b","host":"qq.com\\"}],"sender":[{"name":"a","mailbox":"b","host":"qq.com\\"}],"message_id":"<id>"},"defects":[{"rule":"quoted-string.unescaped-backslash","offset":43,"bytes":"\"qq.com\\\""},{"rule":"quoted-string.unescaped-backslash","offset":69,"bytes":"\"qq.com\\\""}]})json"},
        {"the same row of addresses in several fields",
         "* 1 FETCH (ENVELOPE (NIL NIL (({3}\r\na)b NIL \"b\" \"c\")) (({3}\r\na)b NIL \"b\" \"c\")) (({3}\r\na)b NIL \"b\" \"c\")(NIL NIL \"d\" \"e\")) ((\"f\" NIL \"b\" \"c\")) (({3}\r\na)b NIL \"b\" \"c\")) NIL NIL NIL))\r\n"s,
         R"json({"type":"fetch","seq":1,"envelope":{"from":[{"name":"a)b","mailbox":"b","host":"c"}],"sender":[{"name":"a)b","mailbox":"b","host":"c"}],"reply_to":[{"name":"a)b","mailbox":"b","host":"c"},{"mailbox":"d","host":"e"}],"to":[{"name":"f","mailbox":"b","host":"c"}],"cc":[{"name":"a)b","mailbox":"b","host":"c"}]}})json"},
        {"an empty list for NIL: addresses",
         "* 1 FETCH (ENVELOPE (NIL NIL () NIL NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{},"defects":[{"rule":"nil.empty-list","offset":29,"bytes":"()"}]})json"},
        {"an envelope without In-Reply-To and Message-ID",
         "* 1 FETCH (ENVELOPE (NIL \"s\" NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"subject":"s"},"defects":[{"rule":"envelope.short","offset":20,"bytes":"(NIL \"s\" NIL NIL NIL NIL NIL NIL)"}]})json"},
        {"an envelope of two fields",
         "* 1 FETCH (ENVELOPE (NIL \"s\") UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"subject":"s"},"defects":[{"rule":"envelope.short","offset":20,"bytes":"(NIL \"s\")"}]})json"},
        {"an address of five",
         "* 1 FETCH (ENVELOPE (NIL NIL ((\"a\" NIL \"b\" \"c\" \"d\")) NIL NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"from":[{"name":"a","mailbox":"b","host":"c"}]},"defects":[{"rule":"address.long","offset":30,"bytes":"(\"a\" NIL \"b\" \"c\" \"d\")"}]})json"},
        {"a NIL address",
         "* 1 FETCH (ENVELOPE (NIL NIL (NIL (\"a\" NIL \"b\" \"c\")) NIL NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"from":[{"name":"a","mailbox":"b","host":"c"}]},"defects":[{"rule":"address.nil","offset":30,"bytes":"NIL"},{"rule":"address-list.space","offset":33,"bytes":" "}]})json"},
        {"no host (Exchange)",
         "* 1 FETCH (ENVELOPE (NIL NIL ((\"a\" NIL \"b\" \".MISSING-HOST-NAME.\")) NIL NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"from":[{"name":"a","mailbox":"b","host":".MISSING-HOST-NAME."}]}})json"},
        {"no host, and nothing quoted (Exchange)",
         "* 1 FETCH (ENVELOPE (NIL NIL ((NIL NIL undisclosed .MISSING-HOST-NAME.)) NIL NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"from":[{"mailbox":"undisclosed","host":".MISSING-HOST-NAME."}]},"defects":[{"rule":"string.unquoted","offset":39,"bytes":"undisclosed"},{"rule":"string.unquoted","offset":51,"bytes":".MISSING-HOST-NAME."}]})json"},
        {"name and address in each other's place (SmarterMail)",
         "* 1 FETCH (ENVELOPE (NIL NIL ((\"a@b.c\" NIL \"Ann\" NIL)(\"a@b.c\" NIL NIL \"Ann\")) NIL NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"from":[{"name":"Ann","mailbox":"a","host":"b.c"},{"name":"Ann","mailbox":"a","host":"b.c"}]},"defects":[{"rule":"address.flipped","offset":30,"bytes":"(\"a@b.c\" NIL \"Ann\" NIL)"},{"rule":"address.flipped","offset":53,"bytes":"(\"a@b.c\" NIL NIL \"Ann\")"}]})json"},
        {"an envelope in two parentheses (Domino)",
         "* 1 FETCH (ENVELOPE ((NIL \"s\" NIL NIL NIL NIL NIL NIL NIL NIL)) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"subject":"s"},"defects":[{"rule":"envelope.extra-parentheses","offset":20,"bytes":"(("}]})json"},
        {"a bad address list costs only itself",
         "* 1 FETCH (ENVELOPE (NIL \"s\" (5 6) NIL NIL NIL NIL NIL NIL \"<id>\") UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"subject":"s","message_id":"<id>"},"defects":[{"rule":"address.malformed","offset":30,"bytes":"5"},{"rule":"address-list.space","offset":31,"bytes":" "},{"rule":"address.malformed","offset":32,"bytes":"6"}]})json"},
        {"unescaped quotes before a comma and in a name (BlitzMail)",
         "* 1 FETCH (ENVELOPE (NIL \"the \"x\", said\" ((\"O\"Neil\" NIL \"b\" \"c\")) NIL NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"subject":"the \"x\", said","from":[{"name":"O\"Neil","mailbox":"b","host":"c"}]},"defects":[{"rule":"quoted-string.unescaped-quote","offset":25,"bytes":"\"the \"x\", said\""},{"rule":"quoted-string.unescaped-quote","offset":43,"bytes":"\"O\"Neil\""}]})json"},
        {"raw Latin-1 and UTF-8",
         "* 1 FETCH (ENVELOPE (NIL \"caf\xe9\" ((\"J\xc3" "\xbcrgen\" NIL \"b\" \"c\")) NIL NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"subject":"caf\xe9","from":[{"name":"J\xc3\xbcrgen","mailbox":"b","host":"c"}]},"defects":[{"rule":"quoted-string.8-bit","offset":25,"bytes":"\"caf\xe9\""},{"rule":"quoted-string.8-bit","offset":34,"bytes":"\"J\xc3\xbcrgen\""}]})json"},
        {"a tab in a subject",
         "* 1 FETCH (ENVELOPE (NIL \"a\tb\" NIL NIL NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"subject":"a\x09b"},"defects":[{"rule":"quoted-string.control-character","offset":25,"bytes":"\"a\x09b\""}]})json"},
        {"a subject and an ID without quotes",
         "* 1 FETCH (ENVELOPE (NIL hello NIL NIL NIL NIL NIL NIL NIL <id@x>) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"subject":"hello","message_id":"<id@x>"},"defects":[{"rule":"string.unquoted","offset":25,"bytes":"hello"},{"rule":"string.unquoted","offset":59,"bytes":"<id@x>"}]})json"},
        {"extra space between fields",
         "* 1 FETCH (ENVELOPE (NIL  \"s\"  NIL NIL NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"subject":"s"},"defects":[{"rule":"space.extra","offset":24,"bytes":"  "},{"rule":"space.extra","offset":29,"bytes":"  "}]})json"},
        {"a literal subject, legal",
         "* 1 FETCH (ENVELOPE (NIL {5}\r\na\"b\\c NIL NIL NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"subject":"a\"b\\c"}})json"},
        {"an address of three",
         "* 1 FETCH (ENVELOPE (NIL NIL ((\"a\" NIL \"b\")) NIL NIL NIL NIL NIL NIL NIL) UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"from":[{"name":"a","mailbox":"b"}]},"defects":[{"rule":"address.short","offset":30,"bytes":"(\"a\" NIL \"b\")"}]})json"},
        {"a string for an address list",
         "* 1 FETCH (ENVELOPE (NIL NIL \"a@b\" NIL NIL NIL NIL NIL NIL \"<id>\") UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"message_id":"<id>"},"defects":[{"rule":"address-list.malformed","offset":29,"bytes":"\"a@b\""}]})json"},
        {"a list in an address costs only that one",
         "* 1 FETCH (ENVELOPE (NIL NIL (((\"a\") NIL \"b\" \"c\")(\"d\" NIL \"e\" \"f\")) NIL NIL NIL NIL NIL NIL \"<id>\") UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"from":[{"name":"d","mailbox":"e","host":"f"}],"message_id":"<id>"},"defects":[{"rule":"string.missing","offset":30,"bytes":"((\"a\") NIL \"b\" \"c\")"}]})json"},
        {"a list for the subject costs only itself",
         "* 1 FETCH (ENVELOPE (NIL (\"s\") NIL NIL NIL NIL NIL NIL NIL \"<id>\") UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"message_id":"<id>"},"defects":[{"rule":"string.missing","offset":25,"bytes":"(\"s\")"}]})json"},
        {"more than ten fields",
         "* 1 FETCH (ENVELOPE (NIL \"s\" NIL NIL NIL NIL NIL NIL NIL \"<id>\" \"x\") UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"subject":"s","message_id":"<id>"},"defects":[{"rule":"envelope.extra-field","offset":64,"bytes":"\"x\""}]})json"},
        {"an address list that does not close",
         "* 1 FETCH (UID 1 ENVELOPE (NIL \"s\" ((\"a\" NIL \"b\" \"c\")\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"envelope":{"subject":"s"},"defects":[{"rule":"list.unclosed","offset":35,"bytes":"((\"a\" NIL \"b\" \"c\")"},{"rule":"list.unclosed","offset":53,"bytes":""},{"rule":"envelope.short","offset":26,"bytes":"(NIL \"s\" ((\"a\" NIL \"b\" \"c\")"},{"rule":"list.unclosed","offset":53,"bytes":""}]})json"},
        {"no envelope at all",
         "* 1 FETCH (ENVELOPE NIL UID 1)\r\n"s,
         R"json({"type":"fetch","seq":1,"uid":1,"defects":[{"rule":"envelope.malformed","offset":11,"bytes":"ENVELOPE NIL"}]})json"},
    };
    // clang-format on
    check_readings(rows);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
