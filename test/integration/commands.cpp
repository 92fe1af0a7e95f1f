// Every command of RFC 3501 and 9051, and of the extensions that every client needs at once, on a real
// server.

#include "integration/run.hpp"

#include "coimap/session/commands/noop.hpp"

#include <algorithm>

using namespace coimap;
using namespace coimap::test;

namespace {

std::string letter(std::string_view subject, std::string_view body = "Hello.") {
    return "From: Alice <alice@example.org>\r\nTo: bob@example.org\r\nDate: Wed, 17 Jul 1996 02:23:25 "
           "-0700\r\nSubject: " +
           std::string(subject) + "\r\nMessage-ID: <" + std::string(subject) + "@example.org>\r\n\r\n" +
           std::string(body) + "\r\n";
}

/// A mailbox of its own for a test case, selected.
asio::awaitable<mailbox> fresh(client& account, std::string name) {
    co_await account.create(name);
    mailbox opened = co_await account.select(name);
    co_return opened;
}

bool holds(const std::vector<mailbox_entry>& all, std::string_view name) {
    return std::any_of(all.begin(), all.end(),
                       [&](const mailbox_entry& each) { return each.name.text() == name; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(commands_on_dovecot)

BOOST_AUTO_TEST_CASE(mailboxes_come_and_go_under_names_in_any_script) {
    run([](dovecot& server) -> asio::awaitable<void> {
        client account = co_await log_in(server, "carol");
        const std::string name = "Entwürfe & Отчёты/会議";
        co_await account.create(name);
        co_await account.subscribe(name);
        const auto listed = co_await account.list();
        BOOST_TEST(holds(listed, name));
        const auto subscribed = co_await account.lsub();
        BOOST_TEST(holds(subscribed, name));
        const auto chosen = co_await account.list("*", list_options().subscribed());
        BOOST_TEST(holds(chosen, name));
        const auto special = co_await account.list("*", list_options().return_special_use());
        const auto drafts = std::find_if(special.begin(), special.end(),
                                         [](const auto& each) { return each.name.text() == "Drafts"; });
        BOOST_REQUIRE(drafts != special.end());
        BOOST_TEST(std::count(drafts->attributes.begin(), drafts->attributes.end(), "\\Drafts") == 1);

        co_await account.unsubscribe(name);
        co_await account.rename(name, "Neu");
        const auto after = co_await account.list();
        BOOST_TEST(holds(after, "Neu"));
        BOOST_TEST(!holds(after, name));
        co_await account.remove("Neu");
        const auto gone = co_await failure_of(account.select("Neu"));
        BOOST_TEST(gone == make_error_code(errc::no));
        const auto spaces = co_await account.namespaces();
        BOOST_TEST(!spaces->personal.empty());
        co_await account.logout();
    }(shared_dovecot()));
}

BOOST_AUTO_TEST_CASE(a_message_goes_in_and_comes_out_octet_by_octet) {
    run([](dovecot& server) -> asio::awaitable<void> {
        client account = co_await log_in(server, "carol");
        mailbox box = co_await fresh(account, "roundtrip");
        append_options how;
        how.flags(flags::flagged | flag("$Forwarded"));
        date_time moment;
        moment.year = 2001;
        moment.month = 2;
        moment.day = 3;
        moment.zone_minutes = -90;
        how.date(moment);
        const std::string text = letter("first", "A line with \"quotes\" and {5}\r\nand another");
        const auto where = co_await account.append("roundtrip", text, how);
        BOOST_REQUIRE(where.has_value());
        BOOST_TEST(where->uid_validity == box.info().uid_validity);

        co_await account.noop();
        const auto found =
            co_await box.fetch(where->uids, items::uid | items::flags | items::internal_date | items::size |
                                                items::envelope | items::body_structure | items::message());
        BOOST_REQUIRE_EQUAL(found.size(), 1u);
        const fetch_data& one = *found.front();
        BOOST_TEST(*one.body() == text);
        BOOST_TEST(*one.size == text.size());
        BOOST_TEST(one.flags->is_flagged());
        BOOST_TEST(one.flags->has("$forwarded"));
        BOOST_TEST((one.internal_date->to_sys() == moment.to_sys())); // Dovecot tells it in a zone of its own
        BOOST_TEST(*one.envelope->subject == "first");
        BOOST_TEST(*one.envelope->from.front().host == "example.org");
        BOOST_TEST(one.structure->subtype == "plain");
        BOOST_TEST(one.structure->lines == 2u);
        BOOST_TEST((box.uid_of(1) == *one.uid));
        co_await account.logout();
    }(shared_dovecot()));
}

BOOST_AUTO_TEST_CASE(a_large_message_streams_in_from_a_source_and_out_to_a_sink) {
    run([](dovecot& server) -> asio::awaitable<void> {
        client account = co_await log_in(server, "alice");
        mailbox box = co_await fresh(account, "large");
        const std::string head = letter("large");
        const std::uint64_t size = 8 * 1024 * 1024;
        std::uint64_t at = 0;
        const auto octet_at = [&](std::uint64_t i) {
            if (i < head.size())
                return head[static_cast<std::size_t>(i)];
            const std::uint64_t column = (i - head.size()) % 78;
            return column == 76 ? '\r' : column == 77 ? '\n' : static_cast<char>('a' + (i / 78) % 26);
        };
        const append_source source = [&](std::span<char> room) -> asio::awaitable<std::size_t> {
            for (char& each : room)
                each = octet_at(at++);
            co_return room.size();
        };
        const auto where = co_await account.append("large", size, source);
        BOOST_TEST(at == size);
        BOOST_REQUIRE(where.has_value());
        co_await account.noop();

        std::uint64_t seen = 0;
        bool same = true;
        const body_sink sink = [&](std::string_view piece) -> asio::awaitable<void> {
            BOOST_TEST(piece.size() <= 64u * 1024u);
            for (const char each : piece)
                same = same && each == octet_at(seen++);
            co_return;
        };
        const auto total = co_await box.download(where->uids.min(), items::message(), sink);
        BOOST_TEST((total == size));
        BOOST_TEST(seen == size);
        BOOST_TEST(same);
        const auto nothing = co_await box.download(12345, items::message(), sink);
        BOOST_TEST(!nothing.has_value());
        co_await box.close();
        co_await account.remove("large");
        co_await account.logout();
    }(shared_dovecot()));
}

BOOST_AUTO_TEST_CASE(flags_copies_moves_and_expunges) {
    run([](dovecot& server) -> asio::awaitable<void> {
        client account = co_await log_in(server, "carol");
        mailbox box = co_await fresh(account, "flags");
        co_await account.create("elsewhere");
        for (const char* subject : {"one", "two", "three", "four", "five"})
            co_await account.append("flags", letter(subject));
        co_await account.noop();
        BOOST_TEST(box.exists() == 5u);

        const auto added = co_await box.add_flags(uid_set(1, 3), flags::seen | flag("$Later"));
        BOOST_TEST(added.updated.size() == 3u);
        const auto removed = co_await box.remove_flags(sequence_set(1), flag("$Later"));
        BOOST_TEST(!removed.updated.front()->flags->has("$Later"));
        co_await box.set_flags(uid_set(2), flags::answered, store_options().silent());
        const auto state = co_await box.fetch(uid_set(2), items::flags);
        BOOST_TEST(state.front()->flags->is_answered());
        BOOST_TEST(!state.front()->flags->is_seen());

        const auto copied = co_await box.copy(uid_set(1, 2), "elsewhere");
        BOOST_REQUIRE(copied.has_value());
        BOOST_TEST((copied->copy_of(2) == 2u));
        const auto moved = co_await box.move(uid_set(3), "elsewhere");
        BOOST_REQUIRE(moved.has_value());
        BOOST_TEST(box.exists() == 4u);

        co_await box.add_flags(uid_set(4, 5), flags::deleted);
        const auto only_one = co_await box.uid_expunge(4);
        BOOST_TEST(only_one.count() == 1u);
        const auto rest = co_await box.expunge();
        BOOST_TEST(rest.count() == 1u);
        BOOST_TEST(box.exists() == 2u);

        co_await box.check();
        co_await box.unselect();
        BOOST_TEST(!box.is_selected());
        const auto stale = co_await failure_of(box.fetch(uid_set(1), items::flags));
        BOOST_TEST(stale == make_error_code(errc::stale_mailbox));
        const auto values =
            co_await account.status("elsewhere", status::messages | status::unseen | status::uid_next |
                                                     status::uid_validity | status::size);
        BOOST_TEST((values.messages == 3u));
        BOOST_TEST((values.uid_next == 4u));
        BOOST_TEST(values.size.has_value());
        co_await account.logout();
    }(shared_dovecot()));
}

BOOST_AUTO_TEST_CASE(searches_by_every_kind_of_key) {
    run([](dovecot& server) -> asio::awaitable<void> {
        client account = co_await log_in(server, "carol");
        mailbox box = co_await fresh(account, "search");
        for (const char* subject : {"alpha", "beta", "gamma \"quoted\"", "Grüße"})
            co_await account.append("search", letter(subject, std::string("body of ") + subject));
        co_await account.noop();
        co_await box.add_flags(uid_set(1), flags::seen | flags::flagged);

        const auto find = [&box](search_key key) { return box.search(std::move(key)); };
        const auto expect = [](const search_result& found, std::string_view uids) {
            BOOST_TEST(found.numbers.to_string() == uids);
        };
        search_result found = co_await find(search::unseen() && !search::subject("beta"));
        expect(found, "3:4");
        found = co_await find(search::subject("alpha") || search::subject("beta"));
        expect(found, "1:2");
        found = co_await find(search::subject("\"quoted\""));
        expect(found, "3");
        found = co_await find(search::body("Grüße"));
        expect(found, "4");
        found = co_await find(search::flagged() && search::from("alice") && search::to("bob"));
        expect(found, "1");
        date day;
        day.year = 1996;
        day.month = 7;
        day.day = 17;
        found = co_await find(search::sent_on(day) && search::messages(uid_set(2, 3)));
        expect(found, "2:3");
        found = co_await find(search::header("Message-ID", "alpha") && search::smaller(100'000));
        expect(found, "1");
        found = co_await find(search::larger(100'000));
        expect(found, "");

        const auto summary =
            search_options().returns(search_return::min | search_return::max | search_return::count);
        found = co_await box.search(search::all(), summary);
        BOOST_TEST((found.min == 1u && found.max == 4u && found.count == 4u));
        found = co_await box.search_by_number(search::unseen());
        BOOST_TEST(found.sequence_numbers().to_string() == "2:4");
        co_await account.logout();
    }(shared_dovecot()));
}

BOOST_AUTO_TEST_CASE(examine_close_enable_id_capability_and_raw) {
    run([](dovecot& server) -> asio::awaitable<void> {
        client account = co_await log_in(server, "carol");
        const auto caps = co_await account.capability();
        BOOST_TEST(caps.has("IMAP4rev1"));
        const auto who = co_await account.id();
        BOOST_TEST((who->field("name") == "Dovecot"));
        const auto enabled = co_await account.enable("CONDSTORE");
        BOOST_TEST(enabled.size() == 1u);
        mailbox box = co_await account.examine("INBOX");
        BOOST_TEST(box.read_only());
        BOOST_TEST(box.info().highest_modseq > 0u);
        co_await box.close();
        const auto answers = co_await account.raw("NOOP");
        BOOST_TEST(answers.empty());
        const auto lines = co_await account.raw("LIST \"\" INBOX");
        BOOST_REQUIRE_EQUAL(lines.size(), 1u);
        const auto two = co_await failure_of(account.raw("NOOP\r\nX1 DELETE INBOX"));
        BOOST_TEST(two == make_error_code(errc::invalid_argument));
        co_await account.execute(commands::noop_command());
        co_await account.logout();
    }(shared_dovecot()));
}

BOOST_AUTO_TEST_CASE(condstore_tells_what_changed_and_refuses_what_changed_meanwhile) {
    run([](dovecot& server) -> asio::awaitable<void> {
        client account = co_await log_in(server, "carol");
        co_await account.create("modseq");
        mailbox box = co_await account.select("modseq", select_options().condstore());
        co_await account.append("modseq", letter("a"));
        co_await account.append("modseq", letter("b"));
        co_await account.noop();
        const auto before = co_await box.fetch(uid_set::all(), items::uid | items::modseq);
        BOOST_REQUIRE_EQUAL(before.size(), 2u);
        const std::uint64_t known = std::max(*before[0]->modseq, *before[1]->modseq);
        co_await box.add_flags(uid_set(2), flags::seen);
        const auto changed = co_await box.fetch(uid_set::all(), items::uid | items::flags,
                                                fetch_options().changed_since(known));
        BOOST_REQUIRE_EQUAL(changed.size(), 1u);
        BOOST_TEST(*changed[0]->uid == 2u);
        const auto stored =
            co_await box.add_flags(uid_set(1, 2), flags::flagged, store_options().unchanged_since(known));
        BOOST_TEST(stored.modified_uids().to_string() == "2");
        co_await account.logout();
    }(shared_dovecot()));
}

BOOST_AUTO_TEST_SUITE_END()
