#include "coimap/session/pipelining.hpp"

#include "coimap/session/commands/copy.hpp"
#include "coimap/session/commands/enable.hpp"
#include "coimap/session/commands/expunge.hpp"
#include "coimap/session/commands/fetch.hpp"
#include "coimap/session/commands/noop.hpp"
#include "coimap/session/commands/search.hpp"
#include "coimap/session/commands/select.hpp"
#include "coimap/session/commands/starttls.hpp"
#include "coimap/session/commands/status.hpp"
#include "coimap/session/commands/store.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace coimap::commands;

BOOST_AUTO_TEST_SUITE(pipelining)

BOOST_AUTO_TEST_CASE(which_commands_may_be_under_way_together) {
    const auto fetch = fetch_command(sequence_set(1), items::flags).traits();
    const auto uid_fetch = fetch_command(uid_set(1), items::flags).traits();
    const auto store = store_command(sequence_set(1), store_mode::add, flags::seen).traits();
    const auto search = search_command(search::seen(), search_by::sequence_number).traits();
    const auto uid_search = search_command(search::seen()).traits();
    const auto numbers_search = search_command(search::messages(sequence_set(1))).traits();
    const auto copy = copy_command(sequence_set(1), "x").traits();
    const auto uid_copy = copy_command(uid_set(1), "x").traits();
    const auto expunge = expunge_command().traits();
    const auto noop = noop_command().traits();
    const auto status = status_command("x", status::messages).traits();
    const auto select = select_command("x").traits();
    const auto starttls = starttls_command().traits();
    const auto enable = enable_command("CONDSTORE").traits();

    struct row {
        pipelining_traits earlier;
        pipelining_traits later;
        bool may;
        const char* why;
    };
    const row rows[] = {
        // RFC 9051 section 5.5's own examples, pair by pair.
        {noop, store, false, "FETCH + NOOP + STORE is invalid"},
        {copy, fetch, false, "STORE + COPY + FETCH is invalid"},
        {copy, copy, false, "COPY + COPY is invalid"},
        {fetch, store, true, "FETCH + STORE + SEARCH + NOOP is valid"},
        {store, search, true, "the same"},
        {search, noop, true, "the same"},
        {store, copy, true, "STORE + COPY + EXPUNGE is valid"},
        {copy, expunge, true, "the same"},
        {uid_search, uid_search, true, "UID SEARCH + UID SEARCH may be valid"},
        {uid_search, numbers_search, false, "unless the second has numbers in it"},
        {uid_fetch, fetch, false, "EXPUNGE may come during UID FETCH"},
        {uid_fetch, uid_fetch, true, "UIDs do not shift"},
        {uid_copy, uid_copy, true, "UIDs do not shift"},
        {expunge, fetch, false, "EXPUNGE shifts the numbers"},
        {expunge, uid_fetch, true, "UIDs do not shift"},
        {fetch, uid_fetch, true, "the earlier numbers are protected by the server"},
        {noop, noop, true, "nothing to confuse"},
        {status, uid_fetch, true, "nothing to confuse"},
        {status, fetch, false, "STATUS may bring EXPUNGE"},
        // Exclusive ones, on either side.
        {select, uid_fetch, false, "the mailbox is another afterwards"},
        {uid_fetch, select, false, "and its answers would mean the other one"},
        {starttls, noop, false, "RFC 9051 section 6.2.1"},
        {noop, starttls, false, "RFC 9051 section 6.2.1"},
        {enable, status, false, "how names are written depends on the outcome"},
        {enable, enable, false, "the same"},
    };
    for (const row& each : rows)
        BOOST_TEST(may_overlap(each.earlier, each.later) == each.may, each.why);
}

BOOST_AUTO_TEST_SUITE_END()
