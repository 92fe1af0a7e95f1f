#pragma once
// A peer whose client idles already, for the tests of idle().

#include "support/scripted_peer.hpp"

#include <asio/error.hpp>

namespace coimap::test {

/// Idles on INBOX with three messages, after the server's `+`.
struct idling_peer : scripted_peer {
    explicit idling_peer(std::string_view greeting = preauth) {
        connect(greeting);
        select();
        idle = start(client().idle());
        tag = expect("IDLE");
        serve("+ idling\r\n");
        BOOST_REQUIRE(silent());
    }

    /// The next IDLE of the same idle().
    void expect_idle_again() {
        tag = expect("IDLE");
        serve("+ idling again\r\n");
    }

    void stop() {
        idle->cancel();
        settle();
        expect_line("DONE");
        serve(tag + " OK done\r\n");
        BOOST_REQUIRE(idle->code() == asio::error::operation_aborted);
    }

    std::shared_ptr<outcome<nothing>> idle;
    std::string tag;
};

inline constexpr std::string_view no_idle = "* PREAUTH [CAPABILITY IMAP4rev1 UIDPLUS] welcome\r\n";

inline std::size_t count_of(std::string_view text, std::string_view word) {
    std::size_t count = 0;
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size()))
        ++count;
    return count;
}

} // namespace coimap::test
