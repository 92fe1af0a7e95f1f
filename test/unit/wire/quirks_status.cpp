// Status responses, codes, continuations and lines without a form.

#include "unit/wire/reading.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::string_literals;
using coimap::test::check_readings;
using coimap::test::reading;

BOOST_AUTO_TEST_SUITE(wire)
BOOST_AUTO_TEST_SUITE(quirks_status)

BOOST_AUTO_TEST_CASE(status) {
    // clang-format off
    const reading rows[] = {
        {"text may be missing behind a code (Gmail)",
         "* OK [HIGHESTMODSEQ 5]\r\n"s,
         R"json({"type":"untagged","status":"OK","code":{"name":"HIGHESTMODSEQ","value":5},"text":""})json"},
        {"a bare tagged OK (Exchange)",
         "A1 OK\r\n"s,
         R"json({"type":"tagged","tag":"A1","status":"OK","text":"","defects":[{"rule":"text.missing","offset":5,"bytes":""}]})json"},
        {"a bare untagged OK",
         "* OK\r\n"s,
         R"json({"type":"untagged","status":"OK","text":"","defects":[{"rule":"text.missing","offset":4,"bytes":""}]})json"},
        {"a continuation without a space (Yandex)",
         "+\r\n"s,
         R"json({"type":"continuation","text":"","defects":[{"rule":"continuation.bare","offset":1,"bytes":""}]})json"},
        {"a NUL in text",
         "* OK a\0b\r\n"s,
         R"json({"type":"untagged","status":"OK","text":"a\x00b","defects":[{"rule":"line.nul","offset":6,"bytes":"\x00"}]})json"},
        {"a star for \\* (Binc)",
         "* OK [PERMANENTFLAGS (\\Seen *)] x\r\n"s,
         R"json({"type":"untagged","status":"OK","code":{"name":"PERMANENTFLAGS","flags":["\\Seen","\\*"]},"text":"x","defects":[{"rule":"flag.wildcard","offset":28,"bytes":"*"}]})json"},
        {"UIDNEXT 0",
         "* OK [UIDNEXT 0] x\r\n"s,
         R"json({"type":"untagged","status":"OK","code":{"name":"UIDNEXT","value":0},"text":"x","defects":[{"rule":"number.zero","offset":14,"bytes":"0"}]})json"},
        {"UIDVALIDITY 0",
         "* OK [UIDVALIDITY 0] x\r\n"s,
         R"json({"type":"untagged","status":"OK","code":{"name":"UIDVALIDITY","value":0},"text":"x","defects":[{"rule":"number.zero","offset":18,"bytes":"0"}]})json"},
        {"UNSEEN 0",
         "* OK [UNSEEN 0] x\r\n"s,
         R"json({"type":"untagged","status":"OK","code":{"name":"UNSEEN","value":0},"text":"x","defects":[{"rule":"number.zero","offset":13,"bytes":"0"}]})json"},
        {"UIDVALIDITY beyond 32 bits",
         "* OK [UIDVALIDITY 99999999999999999999] x\r\n"s,
         R"json({"type":"untagged","status":"OK","code":{"name":"UIDVALIDITY","value":0},"text":"x","defects":[{"rule":"number.out-of-range","offset":18,"bytes":"99999999999999999999"}]})json"},
        {"COPYUID with UIDVALIDITY 0",
         "A1 OK [COPYUID 0 1 2] x\r\n"s,
         R"json({"type":"tagged","tag":"A1","status":"OK","code":{"name":"COPYUID","uid_validity":0,"source":"1","destination":"2"},"text":"x","defects":[{"rule":"number.zero","offset":15,"bytes":"0"}]})json"},
        {"COPYUID beyond 64 bits",
         "A1 OK [COPYUID 1 1:99999999999999999999 1:99999999999999999999] done\r\n"s,
         R"json({"type":"tagged","tag":"A1","status":"OK","code":{"name":"COPYUID","arguments":"1 1:99999999999999999999 1:99999999999999999999"},"text":"done","defects":[{"rule":"number.out-of-range","offset":6,"bytes":"[COPYUID 1 1:99999999999999999999 1:99999999999999999999]"}]})json"},
        {"no valid code (Exchange)",
         "* OK [Error=\"Microsoft.Exchange.Error: x\" AuthResultFromPopPostTransact=0] hi\r\n"s,
         R"json({"type":"untagged","status":"OK","text":"[Error=\"Microsoft.Exchange.Error: x\" AuthResultFromPopPostTransact=0] hi","defects":[{"rule":"response-code.invalid","offset":5,"bytes":"[Error=\"Microsoft.Exchange.Error: x\" AuthResultFromPopPostTransact=0] hi"}]})json"},
        {"a code with a missing payload (Outlook.com)",
         "A1 OK [COPYUID 701  ] x\r\n"s,
         R"json({"type":"tagged","tag":"A1","status":"OK","code":{"name":"COPYUID","arguments":"701  "},"text":"x","defects":[{"rule":"set.malformed","offset":6,"bytes":"[COPYUID 701  ]"}]})json"},
        {"a code without OK (Exchange)",
         "[COPYUID 124 10 233]\r\n"s,
         R"json({"type":"untagged","status":"OK","code":{"name":"COPYUID","uid_validity":124,"source":"10","destination":"233"},"text":"","defects":[{"rule":"status.missing","offset":0,"bytes":""}]})json"},
        {"a code without OK (home.pl)",
         "* [COPYUID 124 10 233] done\r\n"s,
         R"json({"type":"untagged","status":"OK","code":{"name":"COPYUID","uid_validity":124,"source":"10","destination":"233"},"text":"done","defects":[{"rule":"status.missing","offset":2,"bytes":""}]})json"},
        {"a plain line (Exchange)",
         "Server Unavailable. 15\r\n"s,
         R"json({"type":"untagged","status":"BAD","text":"Server Unavailable. 15","defects":[{"rule":"status.missing","offset":0,"bytes":""}]})json"},
        {"a tagged BYE (imap.wp.pl)",
         "A5 BYE bye\r\n"s,
         R"json({"type":"tagged","tag":"A5","status":"BYE","text":"bye","defects":[{"rule":"tagged.bye","offset":3,"bytes":"BYE"}]})json"},
        {"a bare BYE",
         "* BYE\r\n"s,
         R"json({"type":"untagged","status":"BYE","text":"","defects":[{"rule":"text.missing","offset":5,"bytes":""}]})json"},
        {"a literal in a response code",
         "* OK [X {3}\r\nabc] text\r\n"s,
         R"json({"type":"untagged","status":"OK","code":{"name":"X","arguments":"{3}\x0d\x0aabc"},"text":"text"})json"},
        {"two spaces in front of a condition",
         "A1  NO see {9}\r\n"s,
         R"json({"type":"tagged","tag":"A1","status":"NO","text":"see {9}","defects":[{"rule":"space.extra","offset":3,"bytes":" "}]})json"},
        {"two spaces in front of a code",
         "* OK  [ALERT] x\r\n"s,
         R"json({"type":"untagged","status":"OK","code":{"name":"ALERT"},"text":"x","defects":[{"rule":"space.extra","offset":4,"bytes":"  "}]})json"},
        {"a bracket in quotes",
         "* NO [BADURL \"a]b\"] text\r\n"s,
         R"json({"type":"untagged","status":"NO","code":{"name":"BADURL","arguments":"\"a]b\""},"text":"text"})json"},
        {"a quote that does not close",
         "* NO [X \"a] it's \"b\r\n"s,
         R"json({"type":"untagged","status":"NO","code":{"name":"X","arguments":"\"a"},"text":"it's \"b"})json"},
        {"a bracket that does not close",
         "* OK [X a{9}\r\n"s,
         R"json({"type":"untagged","status":"OK","text":"[X a{9}","defects":[{"rule":"response-code.unclosed","offset":5,"bytes":"[X a{9}"}]})json"},
        {"a bracket that does not close behind a literal",
         "* OK [X {3}\r\nabc text\r\n"s,
         R"json({"type":"untagged","status":"OK","code":{"name":"X","arguments":"{3}\x0d\x0aabc text"},"text":"","defects":[{"rule":"response-code.unclosed","offset":5,"bytes":"[X {3}\x0d\x0aabc text"}]})json"},
        {"more than a number",
         "* OK [UIDNEXT 5 junk] x\r\n"s,
         R"json({"type":"untagged","status":"OK","code":{"name":"UIDNEXT","arguments":"5 junk"},"text":"x","defects":[{"rule":"response-code.arguments","offset":5,"bytes":"[UIDNEXT 5 junk]"}]})json"},
        {"a literal's marker in text",
         "* OK see {10}\r\n"s,
         R"json({"type":"untagged","status":"OK","text":"see {10}"})json"},
    };
    // clang-format on
    check_readings(rows);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
