#pragma once
// Every budget of a connection in one value. Passing one is a typed error that names it (`errc`), never
// unbounded memory. Sizes are in octets.

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace coimap {

struct limits {
    /// One response without its literals. A million UIDs in a SEARCH answer are 7.9 MB.
    std::size_t response_line = std::size_t{16} << 20;

    /// One literal that is held in memory. A literal that streams to a sink has no limit.
    std::uint64_t literal = std::uint64_t{64} << 20;

    /// One response together with its literals, as far as they are held in memory.
    std::uint64_t response = std::uint64_t{128} << 20;

    /// Parentheses within parentheses. Dovecot sends body structures 110 deep.
    std::size_t nesting = 128;

    /// Elements of one list (flags, addresses, mailbox attributes, capabilities).
    std::size_t list = 100'000;

    /// Ranges in one set of numbers; numbers in a row count as one range.
    std::size_t set_ranges = 1'000'000;

    /// Everything before TLS is up, when it was demanded.
    std::size_t before_tls = std::size_t{16} << 10;

    /// Events that wait for the application; past it an `events_lost` marker stands in their place.
    std::size_t pending_events = 1024;
    std::size_t pending_event_octets = std::size_t{1} << 20; ///< about what they occupy all told

    /// What one command may collect for its result, as octets of the server's. What streams has no limit.
    std::uint64_t collected = std::uint64_t{1} << 30;

    /// What a fetch stream holds before reading from the server pauses, and how far it may grow when another
    /// command needs the connection meanwhile.
    std::size_t stream_high_water = std::size_t{256} << 10;
    std::size_t stream_overflow = std::size_t{64} << 20;

    /// What is read and discarded for one abandoned command.
    std::uint64_t drain = std::uint64_t{1} << 30;

    /// One SASL challenge, decoded.
    std::size_t challenge = std::size_t{64} << 10;
};

} // namespace coimap
