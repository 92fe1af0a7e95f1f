// How long an answer is waited for, and what counts as one.

#include "support/scripted_peer.hpp"

namespace coimap::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(client_answers, scripted_peer)

BOOST_AUTO_TEST_CASE(asking_again_and_again_does_not_hide_that_the_server_is_silent) {
    connect();
    const auto first = start(client().noop());
    advance(40s);
    const auto second = start(client().noop());
    advance(30s);
    BOOST_REQUIRE(first->done && second->done);
    BOOST_TEST(first->code() == make_error_code(errc::inactivity_timeout));
}

BOOST_AUTO_TEST_CASE(strays_are_counted_between_answers_not_for_life) {
    connect();
    for (int round = 0; round < 5; ++round) {
        for (int i = 0; i < 60; ++i)
            serve("+ needless\r\n");
        require_usable();
    }
}

BOOST_AUTO_TEST_CASE(a_tag_is_the_one_that_was_sent_or_none) {
    connect();
    const auto noop = start(client().noop());
    const std::string tag = expect("NOOP");
    std::string lower = tag;
    lower.front() = static_cast<char>(lower.front() + ('a' - 'A'));
    const auto digits = tag.find_first_of("0123456789", tag.size() - 1);
    serve(lower + " OK forged\r\n");
    serve(tag.substr(0, digits) + "0" + tag.substr(digits) + " OK forged\r\n");
    BOOST_TEST(!noop->done);
    BOOST_TEST(events_of<events::protocol_defect>().size() == 2u);
    serve(tag + " OK done\r\n");
    BOOST_TEST(noop->done);
}

BOOST_AUTO_TEST_CASE(what_a_command_collects_is_bounded_and_what_streams_is_not) {
    limits small;
    small.collected = 4000;
    for (const bool streams : {false, true}) {
        scripted_peer peer;
        peer.connect(scripted_peer::preauth, connect_options().limits(small));
        mailbox inbox = peer.select(1000);
        std::shared_ptr<outcome<std::vector<message>>> fetch;
        std::optional<fetch_stream> stream;
        if (streams)
            stream.emplace(inbox.stream(uid_set::all(), items::size));
        else
            fetch = peer.start(inbox.fetch(uid_set::all(), items::size));
        peer.settle();
        const std::string tag = peer.expect("UID FETCH 1:* (RFC822.SIZE)");
        std::string answer;
        for (int i = 1; i <= 1000; ++i)
            answer += "* " + std::to_string(i) + " FETCH (UID " + std::to_string(i) + " RFC822.SIZE 1)\r\n";
        peer.serve(answer + tag + " OK done\r\n");
        if (streams) {
            peer.require_usable();
        } else {
            BOOST_TEST(fetch->code() == make_error_code(errc::answer_too_large));
            BOOST_TEST(fetch->details().operation == "UID FETCH");
            peer.require_closed();
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace coimap::test
