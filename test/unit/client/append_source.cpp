// APPEND from a source: in pieces, in fixed memory, and a literal that cannot be taken back.

#include "support/scripted_peer.hpp"

#include <asio/error.hpp>

#include <stdexcept>

using namespace coimap;
using namespace coimap::test;

namespace {

constexpr std::string_view literal_plus = "* PREAUTH [CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS] welcome\r\n";

append_source source_of(std::string octets, std::size_t most = 1000) {
    const auto rest = std::make_shared<std::string>(std::move(octets));
    return [rest, most](std::span<char> room) -> asio::awaitable<std::size_t> {
        const std::size_t count = std::min({rest->size(), room.size(), most});
        std::copy_n(rest->data(), count, room.data());
        rest->erase(0, count);
        co_return count;
    };
}

} // namespace

// --- APPEND from a source
// -------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(append_from_a_source)

BOOST_AUTO_TEST_CASE(the_octets_go_out_piece_by_piece) {
    scripted_peer peer;
    peer.connect(literal_plus);
    std::string octets;
    for (int i = 0; octets.size() < 200'000; ++i)
        octets += "line " + std::to_string(i) + "\r\n";
    octets.resize(200'000, 'x');
    const auto append = peer.start(peer.client().append("INBOX", std::uint64_t{200'000}, source_of(octets)));
    const std::string tag = peer.expect("APPEND INBOX {200000+}");
    BOOST_TEST((peer.take_sent() == octets + "\r\n"));
    peer.serve(tag + " OK [APPENDUID 1 42] done\r\n");
    BOOST_REQUIRE(append->done && append->value && *append->value);
    BOOST_TEST((**append->value).uids.to_string() == "42");
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_server_that_takes_nothing_stops_the_source_in_fixed_memory) {
    scripted_peer peer;
    peer.connect(literal_plus);
    std::size_t brought = 0;
    append_source source = [&brought](std::span<char> room) -> asio::awaitable<std::size_t> {
        std::fill(room.begin(), room.end(), 'x');
        brought += room.size();
        co_return room.size();
    };
    peer.link->take(1000);
    const auto append = peer.start(peer.client().append("INBOX", std::uint64_t{10'000'000}, source));
    const std::size_t stopped_at = brought;
    BOOST_TEST(stopped_at < 1'000'000u);
    BOOST_TEST(!append->done);
    peer.settle();
    BOOST_TEST(brought == stopped_at);
    // It takes again, in portions.
    while (brought < 10'000'000u) {
        const std::size_t before = peer.link->to_server.size();
        peer.link->take(500'000);
        peer.settle();
        BOOST_REQUIRE(peer.link->to_server.size() > before);
    }
    peer.link->take(std::numeric_limits<std::size_t>::max());
    peer.settle();
    const std::string tag = peer.expect("APPEND INBOX {10000000+}");
    BOOST_TEST(peer.take_sent().size() == 10'000'002u);
    peer.serve(tag + " OK done\r\n");
    BOOST_TEST(append->done);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_source_that_ends_early_costs_the_connection_and_says_why) {
    scripted_peer peer;
    peer.connect(literal_plus);
    const auto noop = peer.start(peer.client().noop());
    const auto append = peer.start(peer.client().append("INBOX", std::uint64_t{100}, source_of("only this")));
    BOOST_TEST(append->code() == make_error_code(errc::invalid_argument));
    BOOST_TEST(append->details().text == "the source ended 91 octets early");
    BOOST_TEST(!append->details().connection_usable);
    BOOST_TEST(noop->code() == make_error_code(errc::closed)); // not that one's fault
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(what_a_source_throws_is_thrown_and_others_are_not_cancelled_but_closed) {
    scripted_peer peer;
    peer.connect(literal_plus);
    const auto noop = peer.start(peer.client().noop());
    append_source source = [](std::span<char>) -> asio::awaitable<std::size_t> {
        throw std::runtime_error("the disk is gone");
        co_return 0;
    };
    const auto append = peer.start(peer.client().append("INBOX", std::uint64_t{100}, source));
    BOOST_REQUIRE(append->done);
    BOOST_CHECK_THROW(std::rethrow_exception(append->problem), std::runtime_error);
    BOOST_TEST(noop->code() == make_error_code(errc::closed));
    BOOST_TEST(noop->details().text == "APPEND was cancelled within its literal");
    BOOST_TEST(noop->details().operation == "NOOP");
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(a_refusal_in_the_midst_is_its_error_once_the_literal_is_through) {
    scripted_peer peer;
    peer.connect(literal_plus);
    peer.link->take(100);
    const auto append = peer.start(peer.client().append("INBOX", std::uint64_t{1'000'000},
                                                        source_of(std::string(1'000'000, 'x'), 1'000'000)));
    const std::string tag = peer.expect("APPEND INBOX {1000000+}");
    peer.serve(tag + " NO [OVERQUOTA] full\r\n");
    BOOST_TEST(!append->done); // what was announced has to follow
    const auto noop = peer.start(peer.client().noop());
    peer.link->take(std::numeric_limits<std::size_t>::max());
    peer.settle();
    BOOST_TEST(append->code() == make_error_code(errc::no));
    BOOST_TEST(append->details().response_code == "OVERQUOTA");
    BOOST_REQUIRE(peer.link->to_server.size() > 1'000'002);
    peer.link->to_server.erase(0, 1'000'002);
    peer.serve(peer.expect("NOOP") + " OK done\r\n");
    BOOST_TEST(!noop->problem);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(without_literal_plus_the_source_waits_for_the_server) {
    scripted_peer peer;
    peer.connect("* PREAUTH [CAPABILITY IMAP4rev1] no LITERAL+\r\n");
    const auto append = peer.start(peer.client().append("INBOX", std::uint64_t{5}, source_of("hello")));
    const std::string tag = peer.expect("APPEND INBOX {5}");
    BOOST_TEST(peer.silent());
    peer.serve("+ go on\r\n");
    BOOST_TEST(peer.take_sent() == "hello\r\n");
    peer.serve(tag + " OK done\r\n");
    BOOST_TEST(append->code() == std::error_code());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_synchronizing_literal_that_is_refused_asks_nothing_of_the_source) {
    scripted_peer peer;
    peer.connect("* PREAUTH [CAPABILITY IMAP4rev1 LITERAL-] up to 4096 without asking\r\n");
    int calls = 0;
    append_source source = [&calls](std::span<char>) -> asio::awaitable<std::size_t> {
        ++calls;
        co_return 0;
    };
    const auto append = peer.start(peer.client().append("INBOX", std::uint64_t{5000}, source));
    peer.serve(peer.expect("APPEND INBOX {5000}") + " NO [TRYCREATE] no such mailbox\r\n");
    BOOST_TEST(append->code() == make_error_code(errc::no));
    BOOST_TEST(calls == 0);
    // The next one, which need not wait, does not.
    const auto next = peer.start(peer.client().append("INBOX", std::uint64_t{5}, source_of("hello")));
    const std::string tag = peer.expect("APPEND INBOX {5+}");
    BOOST_TEST(peer.take_sent() == "hello\r\n");
    peer.serve(tag + " OK done\r\n");
    BOOST_TEST(next->code() == std::error_code());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_stray_continuation_behind_a_refused_literal_is_only_a_defect) {
    scripted_peer peer;
    peer.connect("* PREAUTH [CAPABILITY IMAP4rev1] no LITERAL+\r\n");
    const auto append = peer.start(peer.client().append("INBOX", std::string("Subject: x\r\n\r\n")));
    peer.serve(peer.expect("APPEND INBOX {14}") + " NO no\r\n+ go on\r\n");
    BOOST_TEST(append->code() == make_error_code(errc::no));
    BOOST_TEST(peer.silent());
    BOOST_TEST(peer.events_of<events::protocol_defect>().size() == 1u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_ok_before_the_literal_is_through_is_a_lie) {
    scripted_peer peer;
    peer.connect("* PREAUTH [CAPABILITY IMAP4rev1] no LITERAL+\r\n");
    const auto append = peer.start(peer.client().append("INBOX", std::string("Subject: x\r\n\r\n")));
    peer.serve(peer.expect("APPEND INBOX {14}") + " OK done already\r\n");
    BOOST_TEST(append->code() == make_error_code(errc::protocol_violation));
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(no_octets_are_no_message_and_nothing_is_sent) {
    scripted_peer peer;
    peer.connect(literal_plus);
    const auto append = peer.start(peer.client().append("INBOX", std::uint64_t{0}, source_of("")));
    BOOST_TEST(append->code() == make_error_code(errc::invalid_argument));
    BOOST_TEST(peer.silent());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(dropped_without_being_awaited_nothing_is_sent_and_nobody_waits) {
    scripted_peer peer;
    peer.connect(literal_plus);
    { auto dropped = peer.client().append("INBOX", std::uint64_t{5}, source_of("hello")); }
    peer.settle();
    BOOST_TEST(peer.silent());
    peer.require_usable();
}

BOOST_AUTO_TEST_SUITE_END()
