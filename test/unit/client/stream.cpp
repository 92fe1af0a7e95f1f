// Streams: messages one after the other with back-pressure, and bodies in pieces to a sink.

#include "support/scripted_peer.hpp"

#include <asio/error.hpp>

#include <stdexcept>

using namespace coimap;
using namespace coimap::test;

namespace {

/// One message's answer, with a body of so many octets.
std::string fetched(std::uint32_t uid, std::size_t octets) {
    return "* " + std::to_string(uid) + " FETCH (UID " + std::to_string(uid) + " BODY[] {" +
           std::to_string(octets) + "}\r\n" + std::string(octets, static_cast<char>('a' + uid % 26)) +
           ")\r\n";
}

/// A stream of INBOX under way, with small limits: 16 KiB make it pause, 256 KiB make it fail.
struct streaming_peer : scripted_peer {
    explicit streaming_peer(std::size_t overflow = 256 * 1024) {
        limits small;
        small.stream_high_water = 16 * 1024;
        small.stream_overflow = overflow;
        link->largest_read = 1024;
        connect(preauth, connect_options().limits(small));
        inbox = select(1000);
        stream.emplace(inbox.stream(uid_set(1, 1000), items::uid | items::message()));
        settle();
        tag = expect("UID FETCH 1:1000 (UID BODY.PEEK[])");
    }

    std::uint32_t next_uid() {
        const auto next = start(stream->next());
        BOOST_REQUIRE(next->done);
        BOOST_REQUIRE(!next->problem);
        return next->value->has_value() ? (**next->value)->uid.value() : 0;
    }

    /// Sends until the client reads no more. How many messages were sent.
    std::uint32_t congest() {
        std::uint32_t uid = 0;
        while (link->to_client.size() < 16 * 1024 && uid < 200)
            serve(fetched(++uid, 900));
        BOOST_REQUIRE(uid < 200);
        return uid;
    }

    mailbox inbox;
    std::optional<fetch_stream> stream;
    std::string tag;
};

/// Runs download into a string.
asio::awaitable<std::optional<std::uint64_t>> download(mailbox from, std::uint32_t uid, std::string& into,
                                                       std::size_t& pieces) {
    auto sink = [&into, &pieces](std::string_view octets) -> asio::awaitable<void> {
        into += octets;
        ++pieces;
        co_return;
    };
    co_return co_await from.download(uid, items::message(), sink);
}

} // namespace

// --- messages
// -------------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(fetch_streams)

BOOST_AUTO_TEST_CASE(messages_come_in_order_and_nothing_after_the_last) {
    streaming_peer peer;
    const auto first = peer.start(peer.stream->next());
    BOOST_TEST(!first->done);
    peer.serve(fetched(1, 10));
    BOOST_REQUIRE(first->done && first->value && *first->value);
    BOOST_TEST((**first->value)->uid.value() == 1u);
    BOOST_TEST((**first->value)->sections.front().content.value() == std::string(10, 'b'));
    peer.serve(fetched(2, 10) + fetched(3, 10) + peer.tag + " OK done\r\n");
    BOOST_TEST(peer.next_uid() == 2u);
    BOOST_TEST(peer.next_uid() == 3u);
    BOOST_TEST(peer.next_uid() == 0u);
    BOOST_TEST(peer.next_uid() == 0u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(reading_pauses_while_nobody_takes_and_goes_on_when_somebody_does) {
    streaming_peer peer;
    const std::uint32_t sent = peer.congest();
    const std::size_t left = peer.link->to_client.size();
    peer.serve(fetched(sent + 1, 900));
    BOOST_TEST(peer.link->to_client.size() > left); // it stays with the network
    for (std::uint32_t uid = 1; uid <= sent + 1; ++uid)
        BOOST_TEST(peer.next_uid() == uid);
    BOOST_TEST(peer.link->to_client.empty());
    peer.serve(peer.tag + " OK done\r\n");
    BOOST_TEST(peer.next_uid() == 0u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_pause_is_not_the_servers_silence) {
    streaming_peer peer;
    const std::uint32_t sent = peer.congest();
    peer.advance(1h);
    BOOST_TEST(peer.client().is_open());
    // The server has nothing more on the way when reading goes on, and gets its time.
    for (std::uint32_t uid = 1; uid <= sent; ++uid)
        BOOST_TEST(peer.next_uid() == uid);
    peer.advance(59s);
    BOOST_TEST(peer.client().is_open());
    peer.advance(2s);
    BOOST_TEST(!peer.client().is_open());
    const auto next = peer.start(peer.stream->next());
    BOOST_TEST(next->code() == make_error_code(errc::inactivity_timeout));
}

BOOST_AUTO_TEST_CASE(what_is_drained_behind_a_pause_is_not_late) {
    streaming_peer peer;
    const std::uint32_t sent = peer.congest();
    const auto noop = peer.start(peer.client().noop());
    const std::string noop_tag = peer.expect("NOOP");
    noop->cancel();
    peer.settle();
    peer.advance(1h);
    BOOST_TEST(peer.client().is_open());
    std::uint32_t uid = 1;
    for (; uid <= sent; ++uid)
        BOOST_TEST(peer.next_uid() == uid);
    peer.serve(peer.tag + " OK done\r\n" + noop_tag + " OK done\r\n");
    BOOST_TEST(peer.next_uid() == 0u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_pause_that_a_command_ends_is_not_the_servers_silence_either) {
    streaming_peer peer;
    peer.congest();
    peer.advance(1h);
    peer.link->to_client.clear(); // still on its way
    const auto select =
        peer.start(peer.client().select("Drafts")); // waits for the stream: nothing is written
    peer.advance(59s);
    BOOST_TEST(peer.client().is_open());
    BOOST_TEST(!select->done);
    peer.advance(2s);
    BOOST_TEST(select->code() == make_error_code(errc::inactivity_timeout));
}

BOOST_AUTO_TEST_CASE(dropped_half_way_the_rest_is_read_and_discarded) {
    streaming_peer peer;
    const std::uint32_t sent = peer.congest();
    BOOST_TEST(peer.next_uid() == 1u);
    peer.stream.reset();
    peer.settle();
    BOOST_TEST(peer.link->to_client.empty());
    const auto noop = peer.start(peer.client().noop());
    const std::string tag = peer.expect("NOOP");
    peer.serve(fetched(sent + 1, 100'000) + peer.tag + " OK done\r\n" + tag + " OK done\r\n");
    BOOST_REQUIRE(noop->done);
    BOOST_TEST(!noop->problem);
    BOOST_TEST(peer.events().empty());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(another_command_lifts_the_pause_and_nothing_is_lost) {
    streaming_peer peer;
    const std::uint32_t sent = peer.congest();
    const auto noop = peer.start(peer.client().noop());
    BOOST_TEST(peer.link->to_client.empty());
    peer.serve(peer.tag + " OK done\r\n" + peer.expect("NOOP") + " OK done\r\n");
    BOOST_REQUIRE(noop->done);
    BOOST_TEST(!noop->problem);
    for (std::uint32_t uid = 1; uid <= sent; ++uid)
        BOOST_TEST(peer.next_uid() == uid);
    BOOST_TEST(peer.next_uid() == 0u);
}

BOOST_AUTO_TEST_CASE(what_overflows_meanwhile_costs_the_stream_and_not_the_other_command) {
    streaming_peer peer(64 * 1024);
    peer.congest();
    const auto noop = peer.start(peer.client().noop());
    const std::string tag = peer.expect("NOOP");
    peer.serve(fetched(300, 60'000) + peer.tag + " OK done\r\n" + tag + " OK done\r\n");
    BOOST_REQUIRE(noop->done);
    BOOST_TEST(!noop->problem);
    // What had room is there, in order; then the error, each time.
    std::uint32_t uid = 1;
    for (;; ++uid) {
        const auto next = peer.start(peer.stream->next());
        BOOST_REQUIRE(next->done);
        if (next->problem) {
            BOOST_TEST(next->code() == make_error_code(errc::stream_overflow));
            BOOST_TEST(next->details().connection_usable);
            break;
        }
        BOOST_TEST((**next->value)->uid.value() == uid);
    }
    BOOST_TEST(uid > 5u);
    const auto again = peer.start(peer.stream->next());
    BOOST_TEST(again->code() == make_error_code(errc::stream_overflow));
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(an_error_comes_after_the_messages_before_it) {
    streaming_peer peer;
    peer.serve(fetched(1, 10) + fetched(2, 10) + peer.tag + " NO [EXPUNGEISSUED] some are gone\r\n");
    BOOST_TEST(peer.next_uid() == 1u);
    BOOST_TEST(peer.next_uid() == 2u);
    const auto next = peer.start(peer.stream->next());
    BOOST_TEST(next->code() == make_error_code(errc::no));
    BOOST_TEST(next->details().response_code == "EXPUNGEISSUED");
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_connection_lost_during_a_pause_is_found_out_after_what_was_sent) {
    streaming_peer peer;
    const std::uint32_t sent = peer.congest();
    peer.link->hang_up();
    peer.settle();
    for (std::uint32_t uid = 1; uid <= sent; ++uid)
        BOOST_TEST(peer.next_uid() == uid);
    const auto next = peer.start(peer.stream->next());
    BOOST_TEST(next->code() == make_error_code(errc::connection_lost));
    peer.require_closed();
}

BOOST_AUTO_TEST_CASE(cancelling_next_loses_nothing_and_leaves_the_stream_usable) {
    streaming_peer peer;
    const auto next = peer.start(peer.stream->next());
    next->cancel();
    peer.settle();
    BOOST_TEST(next->code() == asio::error::operation_aborted);
    peer.serve(fetched(1, 10) + peer.tag + " OK done\r\n");
    BOOST_TEST(peer.next_uid() == 1u);
    BOOST_TEST(peer.next_uid() == 0u);
}

BOOST_AUTO_TEST_CASE(assigned_to_it_abandons_what_it_read) {
    streaming_peer peer;
    fetch_stream second = peer.inbox.stream(uid_set(2000), items::uid);
    *peer.stream = std::move(second);
    peer.serve(fetched(1, 10) + peer.tag + " OK done\r\n");
    const std::string tag = peer.expect("UID FETCH 2000 (UID)");
    peer.serve("* 1000 FETCH (UID 2000)\r\n" + tag + " OK done\r\n");
    BOOST_TEST(peer.next_uid() == 2000u);
    BOOST_TEST(peer.next_uid() == 0u);
    const auto nothing_more = peer.start(second.next());
    BOOST_TEST((nothing_more->done && nothing_more->value && !*nothing_more->value));
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(one_coroutine_reads_a_stream) {
    streaming_peer peer;
    const auto first = peer.start(peer.stream->next());
    const auto second = peer.start(peer.stream->next());
    BOOST_TEST(second->code() == make_error_code(errc::bad_state));
    peer.serve(fetched(1, 10));
    BOOST_TEST(first->done);
}

BOOST_AUTO_TEST_CASE(idling_waits_for_a_paused_stream_and_can_be_cancelled) {
    streaming_peer peer;
    peer.congest();
    const auto idle = peer.start(peer.client().idle());
    peer.advance(1h);
    BOOST_TEST(peer.silent());
    BOOST_TEST(!idle->done);
    BOOST_TEST(!peer.link->to_client.empty()); // nobody waits for an answer
    idle->cancel();
    peer.settle();
    BOOST_TEST(idle->code() == asio::error::operation_aborted);
    BOOST_TEST(peer.client().is_open());
}

BOOST_AUTO_TEST_CASE(the_client_destroyed_during_a_pause_ends_the_stream) {
    streaming_peer peer;
    peer.congest();
    peer.connected.reset();
    peer.settle();
    while (true) {
        const auto next = peer.start(peer.stream->next());
        BOOST_REQUIRE(next->done);
        if (next->problem) {
            BOOST_TEST(next->code() == make_error_code(errc::closed));
            break;
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

// --- bodies
// ---------------------------------------------------------------------------------------------------------

BOOST_AUTO_TEST_SUITE(downloads)

BOOST_AUTO_TEST_CASE(a_large_body_comes_in_pieces_and_is_never_whole_in_memory) {
    scripted_peer peer;
    limits small;
    small.literal = 32 * 1024; // a literal that streams has no limit
    small.stream_high_water = 8 * 1024;
    peer.link->largest_read = 1024;
    peer.connect(scripted_peer::preauth, connect_options().limits(small));
    mailbox inbox = peer.select();
    std::string body;
    std::size_t pieces = 0;
    const auto download_ = peer.start(download(inbox, 7, body, pieces));
    const std::string tag = peer.expect("UID FETCH 7 (UID BODY.PEEK[])");
    std::string octets;
    for (int i = 0; octets.size() < 300'000; ++i)
        octets += std::to_string(i) + ")\r\n";
    peer.serve("* 1 FETCH (UID 7 BODY[] {" + std::to_string(octets.size()) + "}\r\n" + octets + ")\r\n" +
               tag + " OK done\r\n");
    BOOST_REQUIRE(download_->done && download_->value && *download_->value);
    BOOST_TEST(**download_->value == octets.size());
    BOOST_TEST((body == octets));
    BOOST_TEST(pieces > 100u);
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(a_small_body_is_the_same_thing) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    std::string body;
    std::size_t pieces = 0;
    const auto small = peer.start(download(inbox, 7, body, pieces));
    peer.serve("* 1 FETCH (UID 7 BODY[] \"hello\")\r\n" + peer.expect("UID FETCH 7 (UID BODY.PEEK[])") +
               " OK\r\n");
    BOOST_REQUIRE(small->value && *small->value);
    BOOST_TEST(**small->value == 5u);
    BOOST_TEST(body == "hello");

    body.clear();
    const auto empty = peer.start(download(inbox, 8, body, pieces));
    peer.serve("* 2 FETCH (BODY[] \"\" UID 8)\r\n" + peer.expect("UID FETCH 8 (UID BODY.PEEK[])") +
               " OK\r\n");
    BOOST_REQUIRE(empty->value && *empty->value);
    BOOST_TEST(**empty->value == 0u);
}

BOOST_AUTO_TEST_CASE(a_body_that_comes_before_its_uid_is_taken_all_the_same) {
    for (const std::size_t size : {std::size_t{100}, std::size_t{100'000}}) {
        scripted_peer peer;
        peer.connect();
        mailbox inbox = peer.select();
        std::string body;
        std::size_t pieces = 0;
        const auto result = peer.start(download(inbox, 7, body, pieces));
        const std::string tag = peer.expect("UID FETCH 7 (UID BODY.PEEK[])");
        peer.serve("* 1 FETCH (BODY[] {" + std::to_string(size) + "}\r\n" + std::string(size, 'x') +
                   " UID 7)\r\n" + tag + " OK done\r\n");
        BOOST_REQUIRE(result->done && result->value && *result->value);
        BOOST_TEST(**result->value == size);
        BOOST_TEST(body.size() == size);
    }
}

BOOST_AUTO_TEST_CASE(no_such_message_or_part_is_nothing) {
    for (const char* answer :
         {"", "* 1 FETCH (UID 7 BODY[] NIL)\r\n", "* 1 FETCH (UID 7 FLAGS (\\Seen))\r\n"}) {
        scripted_peer peer;
        peer.connect();
        mailbox inbox = peer.select();
        std::string body;
        std::size_t pieces = 0;
        const auto result = peer.start(download(inbox, 7, body, pieces));
        peer.serve(answer + peer.expect("UID FETCH 7 (UID BODY.PEEK[])") + " OK done\r\n");
        BOOST_REQUIRE(result->done && result->value);
        BOOST_TEST(!result->value->has_value());
        BOOST_TEST(pieces == 0u);
    }
}

BOOST_AUTO_TEST_CASE(a_sink_that_throws_abandons_the_rest) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    body_sink sink = [](std::string_view) -> asio::awaitable<void> {
        throw std::runtime_error("the disk is full");
        co_return;
    };
    const auto result = peer.start(inbox.download(7, items::message(), sink));
    const std::string tag = peer.expect("UID FETCH 7 (UID BODY.PEEK[])");
    peer.serve("* 1 FETCH (UID 7 BODY[] {100000}\r\n" + std::string(50'000, 'x'));
    BOOST_REQUIRE(result->done);
    BOOST_CHECK_THROW(std::rethrow_exception(result->problem), std::runtime_error);
    peer.serve(std::string(50'000, 'x') + ")\r\n" + tag + " OK done\r\n");
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(dropped_without_being_awaited_nothing_is_sent) {
    scripted_peer peer;
    peer.connect();
    mailbox inbox = peer.select();
    body_sink sink = [](std::string_view) -> asio::awaitable<void> { co_return; };
    { auto dropped = inbox.download(7, items::message(), sink); }
    peer.settle();
    BOOST_TEST(peer.silent());
    peer.require_usable();
}

BOOST_AUTO_TEST_CASE(dropped_after_it_was_sent_it_does_not_stop_the_connection) {
    scripted_peer peer;
    limits small;
    small.stream_high_water = 16 * 1024;
    peer.connect(scripted_peer::preauth, connect_options().limits(small));
    mailbox inbox = peer.select();
    body_sink sink = [](std::string_view) -> asio::awaitable<void> { co_return; };
    std::string tag;
    {
        auto dropped = inbox.download(7, items::message(), sink);
        peer.settle();
        tag = peer.expect("UID FETCH 7 (UID BODY.PEEK[])");
    }
    peer.settle();
    peer.serve("* 1 FETCH (UID 7 BODY[] {100000}\r\n" + std::string(100'000, 'x') + ")\r\n" + tag +
               " OK done\r\n");
    BOOST_TEST(peer.link->to_client.empty());
    peer.require_usable();
}

BOOST_AUTO_TEST_SUITE_END()
