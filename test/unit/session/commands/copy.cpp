#include "coimap/session/commands/copy.hpp"

#include "coimap/session/commands/expunge.hpp"
#include "coimap/session/commands/move.hpp"
#include "coimap/session/commands/uid_expunge.hpp"
#include "support/fake_context.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace coimap::commands;
using coimap::test::fake_context;

BOOST_AUTO_TEST_SUITE(copying)

BOOST_AUTO_TEST_CASE(how_they_are_written) {
    fake_context context("IMAP4rev1 MOVE UIDPLUS");
    copy_command copy(sequence_set(2, 4), "a b");
    BOOST_TEST(context.write(copy) == "COPY 2:4 \"a b\"");
    copy_command uid_copy(uid_set(2, 4), "MEETING");
    BOOST_TEST(context.write(uid_copy) == "UID COPY 2:4 MEETING");
    move_command move(uid_set(42), "foo");
    BOOST_TEST(context.write(move) == "UID MOVE 42 foo");
    uid_expunge_command some(uid_set("3000:3002"));
    BOOST_TEST(context.write(some) == "UID EXPUNGE 3000:3002");
    expunge_command all;
    BOOST_TEST(context.write(all) == "EXPUNGE");

    fake_context old;
    BOOST_TEST((old.failure(move) == errc::not_supported));
    BOOST_TEST((old.failure(some) == errc::not_supported));
    uid_expunge_command none((uid_set()));
    BOOST_TEST((context.failure(none) == errc::invalid_argument));
    copy_command injected(uid_set(1), "a\r\nX1 XPWNED");
    BOOST_TEST((context.failure(injected) == errc::invalid_argument));
    copy_command nowhere(uid_set(1), "");
    BOOST_TEST((context.failure(nowhere) == errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(copyuid_corresponds_in_the_order_as_sent) {
    fake_context context;
    copy_command one(uid_set(1, 400), "x");
    context.write(one);
    context.end(one, "A1 OK [COPYUID 38505 319:320,304 3956:3958] Done");
    const auto copied = one.take_result();
    BOOST_TEST_REQUIRE(copied.has_value());
    BOOST_TEST(copied->uid_validity == 38505u);
    BOOST_TEST(copied->copy_of(319).value() == 3956u);
    BOOST_TEST(copied->copy_of(320).value() == 3957u);
    BOOST_TEST(copied->copy_of(304).value() == 3958u);
    BOOST_TEST(!copied->copy_of(305).has_value());
    BOOST_TEST(copied->source_uids().to_string() == "304,319:320");
}

BOOST_AUTO_TEST_CASE(a_copyuid_that_means_nothing_is_no_result) {
    for (const char* line : {"A1 OK done", "A1 OK [COPYUID 1 1:2 5] short", "A1 OK [COPYUID 701  ] empty",
                             "A1 OK [APPENDUID 1 2] unasked", "A1 NO [COPYUID 1 1 5] failed"}) {
        fake_context context;
        copy_command one(uid_set(1), "x");
        context.write(one);
        context.end(one, line);
        BOOST_TEST(!one.take_result().has_value(), line);
    }
}

BOOST_AUTO_TEST_CASE(move_is_told_untagged_or_tagged) {
    fake_context context("MOVE");
    move_command untagged(uid_set(42, 69), "x");
    context.write(untagged);
    BOOST_TEST(context.feed(untagged, "* OK [COPYUID 432432 42:69 1202:1229]") == claim::mine);
    BOOST_TEST(context.feed(untagged, "* 22 EXPUNGE") == claim::not_mine);
    BOOST_TEST(context.feed(untagged, "* OK [UIDNEXT 5] x") == claim::not_mine);
    context.end(untagged, "A1 OK Done");
    BOOST_TEST(untagged.take_result()->copy_of(69).value() == 1229u);

    move_command tagged(uid_set(1), "x");
    context.write(tagged);
    context.end(tagged, "A1 OK [COPYUID 1 1 9] Done");
    BOOST_TEST(tagged.take_result()->copy_of(1).value() == 9u);
}

BOOST_AUTO_TEST_CASE(expunge_gathers_what_is_gone) {
    fake_context context;
    expunge_command one;
    BOOST_TEST(context.feed(one, "* 3 EXPUNGE") == claim::mine_and_event);
    BOOST_TEST(context.feed(one, "* 3 EXPUNGE") == claim::mine_and_event);
    BOOST_TEST(context.feed(one, "* VANISHED 7:9") == claim::mine_and_event);
    BOOST_TEST(context.feed(one, "* VANISHED (EARLIER) 1") == claim::not_mine);
    BOOST_TEST(context.feed(one, "* 3 EXISTS") == claim::not_mine);
    const auto gone = one.take_result();
    BOOST_TEST(gone.sequence_numbers.size() == 2u);
    BOOST_TEST(gone.vanished.to_string() == "7:9");
    BOOST_TEST(gone.count() == 5u);
}

BOOST_AUTO_TEST_SUITE_END()
