// What an error of the client tells.

#include "support/scripted_peer.hpp"

#include <asio/error.hpp>

using namespace coimap;
using namespace coimap::test;

BOOST_AUTO_TEST_SUITE(errors_of_the_client)

BOOST_AUTO_TEST_CASE(what_a_caller_can_ask_of_an_error) {
    struct row {
        const char* answer; ///< to a SELECT; BYE and nothing are answers, too
        errc code;
        error_kind kind;
        bool usable;
        bool again;
    };
    const row rows[] = {
        {"%s NO [NONEXISTENT] no such mailbox\r\n", errc::no, error_kind::refused, true, false},
        {"%s NO [UNAVAILABLE] try later\r\n", errc::no, error_kind::refused, true, true},
        {"%s NO [INUSE] try later\r\n", errc::no, error_kind::refused, true, true},
        {"%s BAD what\r\n", errc::bad, error_kind::refused, true, false},
        {"* BYE over\r\n", errc::server_bye, error_kind::closed, false, true},
        {"", errc::inactivity_timeout, error_kind::timeout, false, true},
    };
    for (const row& each : rows) {
        scripted_peer peer;
        peer.connect();
        const auto select = peer.start(peer.client().select("Nowhere"));
        const std::string tag = peer.expect("SELECT Nowhere");
        std::string said(each.answer);
        if (const auto place = said.find("%s"); place != std::string::npos)
            said.replace(place, 2, tag);
        peer.serve(said);
        if (said.empty())
            peer.advance(61s);
        BOOST_REQUIRE(select->done && select->problem);
        try {
            std::rethrow_exception(select->problem);
        } catch (const error& problem) {
            BOOST_TEST(problem.code() == make_error_code(each.code), each.answer);
            BOOST_CHECK(problem.kind() == each.kind);
            BOOST_TEST(problem.connection_usable() == each.usable, each.answer);
            BOOST_TEST(problem.worth_retrying() == each.again, each.answer);
            BOOST_TEST(problem.details().operation == "SELECT");
            BOOST_TEST(std::string_view(problem.what()).starts_with("SELECT: "), problem.what());
        }
        BOOST_TEST(peer.client().is_open() == each.usable);
    }
}

BOOST_AUTO_TEST_CASE(the_servers_words_are_shown_safely) {
    scripted_peer peer;
    peer.connect();
    const auto select = peer.start(peer.client().select("Nowhere"));
    peer.serve(peer.expect("SELECT Nowhere") + " NO [nonexistent] \x1b[31mno such mailbox\r\n");
    try {
        BOOST_REQUIRE(select->done && select->problem);
        std::rethrow_exception(select->problem);
    } catch (const error& problem) {
        BOOST_TEST(problem.has_code("NONEXISTENT"));
        BOOST_TEST(problem.details().status == "NO");
        BOOST_TEST(std::string_view(problem.what()).find('\x1b') == std::string_view::npos);
        BOOST_TEST(std::string_view(problem.what()).find("no such mailbox") != std::string_view::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()
