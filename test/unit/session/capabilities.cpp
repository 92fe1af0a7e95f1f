#include "coimap/session/capabilities.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;

namespace {

capabilities told(std::vector<std::string_view> names) {
    capabilities caps;
    caps.assign(names);
    return caps;
}

} // namespace

BOOST_AUTO_TEST_SUITE(capability_words)

BOOST_AUTO_TEST_CASE(words_are_asked_for_without_case) {
    const auto caps =
        told({"IMAP4rev1", "AUTH=PLAIN", "auth=SCRAM-SHA-256", "APPENDLIMIT=1000", "imap4REV2"});
    BOOST_TEST(caps.has("imap4rev1"));
    BOOST_TEST(caps.has("auth=plain"));
    BOOST_TEST(!caps.has("AUTH"));
    BOOST_TEST(!caps.has("IMAP4"));
    BOOST_TEST(caps.is_rev2());
    BOOST_TEST(caps.values("AUTH").size() == 2u);
    BOOST_TEST(caps.values("AUTH")[1] == "SCRAM-SHA-256");
    BOOST_TEST(caps.number("APPENDLIMIT").value() == 1000u);
    BOOST_TEST(!caps.number("AUTH").has_value());
    BOOST_TEST(!told({"APPENDLIMIT"}).number("APPENDLIMIT").has_value());
}

BOOST_AUTO_TEST_CASE(literal_plus_may_be_torn_in_two) {
    BOOST_TEST(told({"LITERAL+"}).has_literal_plus());
    BOOST_TEST(told({"IMAP4rev1", "LITERAL", "+", "IDLE"}).has_literal_plus());
    BOOST_TEST(!told({"LITERAL", "IDLE", "+"}).has_literal_plus());
    BOOST_TEST(!told({"LITERAL-"}).has_literal_plus());
}

BOOST_AUTO_TEST_CASE(what_was_forgotten_is_not_known) {
    auto caps = told({});
    BOOST_TEST(caps.known());
    caps = told({"IDLE"});
    caps.forget();
    BOOST_TEST(!caps.known());
    BOOST_TEST(!caps.has("IDLE"));
}

BOOST_AUTO_TEST_SUITE_END()
