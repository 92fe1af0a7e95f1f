// What has happened to a mailbox since it was seen last, by each of the three ways.

#include "coimap/client/resync.hpp"

#include "support/scripted_peer.hpp"

using namespace coimap;
using namespace coimap::test;

namespace {

using changes = std::vector<flag_change>;

struct fixture {
    scripted_peer peer;
    std::shared_ptr<outcome<resync_result>> running;

    void start(std::string_view capabilities, mailbox_state known) {
        peer.connect("* PREAUTH [CAPABILITY IMAP4rev1 " + std::string(capabilities) + "] hi\r\n");
        running = peer.start(resynchronise(peer.client(), "INBOX", std::move(known)));
    }

    void answer(std::string_view command, std::string_view data, std::string_view end = " OK done\r\n") {
        const std::string tag = peer.expect(command);
        peer.serve(std::string(data) + tag + std::string(end));
    }

    const resync_result& result() {
        BOOST_REQUIRE(running->done);
        BOOST_REQUIRE(running->value.has_value());
        return *running->value;
    }
};

constexpr std::string_view selected =
    "* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [HIGHESTMODSEQ 50] ok\r\n";

bool same(const changes& a, const changes& b) {
    return a == b;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(resynchronising, fixture)

BOOST_AUTO_TEST_CASE(by_qresync_in_one_round_trip) {
    start("ENABLE QRESYNC", {7, 40, uid_set("1:4")});
    answer("ENABLE QRESYNC", "* ENABLED QRESYNC\r\n");
    answer("SELECT INBOX (QRESYNC (7 40))", std::string(selected) +
                                                "* VANISHED (EARLIER) 2:3,90\r\n"
                                                "* 2 FETCH (UID 4 FLAGS (\\Seen) MODSEQ (45))\r\n"
                                                "* 3 FETCH (UID 9 FLAGS () MODSEQ (50))\r\n");
    BOOST_TEST((result().way == resync_way::qresync));
    BOOST_TEST(!result().all_new);
    BOOST_TEST(result().vanished.to_string() == "2:3");
    BOOST_TEST(same(result().changed, {{4, {"\\Seen"}, 45}}));
    BOOST_TEST(same(result().fresh, {{9, {}, 50}}));
    BOOST_TEST((result().now == mailbox_state{7, 50, uid_set("1,4,9")}));
    BOOST_TEST(result().mailbox.is_selected());
    BOOST_TEST(peer.silent());
    for (const event& each : peer.events()) // what was asked for is no news
        BOOST_TEST((!std::holds_alternative<events::vanished>(each) &&
                    !std::holds_alternative<events::flags_changed>(each)));
}

BOOST_AUTO_TEST_CASE(what_does_not_add_up_is_compared) {
    start("ENABLE QRESYNC", {7, 40, uid_set("1:4")});
    answer("ENABLE QRESYNC", "* ENABLED QRESYNC\r\n");
    answer("SELECT INBOX (QRESYNC (7 40))", selected); // says nothing of the message that is gone
    answer("UID FETCH 1:* (UID FLAGS)", "* 1 FETCH (UID 1 FLAGS ())\r\n* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n"
                                        "* 3 FETCH (UID 4 FLAGS ())\r\n");
    BOOST_TEST((result().way == resync_way::comparison));
    BOOST_TEST(result().vanished.to_string() == "3");
    BOOST_TEST(result().changed.size() == 3U);
    BOOST_TEST(result().fresh.empty());
    BOOST_TEST((result().now == mailbox_state{7, 50, uid_set("1:2,4")}));
}

BOOST_AUTO_TEST_CASE(another_uidvalidity_makes_all_new) {
    start("ENABLE QRESYNC", {6, 40, uid_set("1:4")});
    answer("ENABLE QRESYNC", "* ENABLED QRESYNC\r\n");
    answer("SELECT INBOX (QRESYNC (6 40))", selected);
    answer("UID FETCH 1:* (UID FLAGS)",
           "* 1 FETCH (UID 1 FLAGS ())\r\n* 2 FETCH (UID 2 FLAGS ())\r\n* 3 FETCH (UID 3 FLAGS ())\r\n");
    BOOST_TEST(result().all_new);
    BOOST_TEST(result().vanished.empty());
    BOOST_TEST(result().changed.empty());
    BOOST_TEST(result().fresh.size() == 3U);
    BOOST_TEST((result().now == mailbox_state{7, 50, uid_set("1:3")}));
}

BOOST_AUTO_TEST_CASE(by_condstore_with_the_uids_that_are_left) {
    start("CONDSTORE ESEARCH", {7, 40, uid_set("1:3")});
    answer("SELECT INBOX (CONDSTORE)", selected);
    const std::string search = peer.expect("UID SEARCH RETURN (ALL) ALL");
    peer.serve("* ESEARCH (TAG \"" + search + "\") UID ALL 1,3,8\r\n" + search + " OK done\r\n");
    answer("UID FETCH 1:* (UID FLAGS) (CHANGEDSINCE 40)",
           "* 2 FETCH (UID 3 FLAGS (\\Flagged) MODSEQ (44))\r\n* 3 FETCH (UID 8 FLAGS () MODSEQ (50))\r\n");
    BOOST_TEST((result().way == resync_way::condstore));
    BOOST_TEST(result().vanished.to_string() == "2");
    BOOST_TEST(same(result().changed, {{3, {"\\Flagged"}, 44}}));
    BOOST_TEST(same(result().fresh, {{8, {}, 50}}));
    BOOST_TEST((result().now == mailbox_state{7, 50, uid_set("1,3,8")}));
}

BOOST_AUTO_TEST_CASE(by_comparison_where_the_server_has_neither) {
    start("UIDPLUS", {7, 0, uid_set("1:2")});
    answer("SELECT INBOX", "* 2 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n");
    answer("UID FETCH 1:* (UID FLAGS)", "* 1 FETCH (UID 2 FLAGS (\\Seen))\r\n* 2 FETCH (UID 5 FLAGS ())\r\n");
    BOOST_TEST((result().way == resync_way::comparison));
    BOOST_TEST(result().vanished.to_string() == "1");
    BOOST_TEST(same(result().changed, {{2, {"\\Seen"}, 0}}));
    BOOST_TEST(same(result().fresh, {{5, {}, 0}}));
}

BOOST_AUTO_TEST_CASE(an_empty_mailbox_is_not_asked) {
    start("UIDPLUS", {7, 0, uid_set("1:2")});
    answer("SELECT INBOX", "* 0 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n");
    BOOST_TEST(result().vanished.to_string() == "1:2");
    BOOST_TEST(result().now.uids.empty());
    BOOST_TEST(peer.silent());
}

BOOST_AUTO_TEST_CASE(a_failure_is_the_commands_own) {
    start("CONDSTORE", {7, 40, uid_set("1:3")});
    answer("SELECT INBOX (CONDSTORE)", "", " NO [NONEXISTENT] none\r\n");
    BOOST_TEST(running->code() == make_error_code(errc::no));
}

BOOST_AUTO_TEST_SUITE_END()
