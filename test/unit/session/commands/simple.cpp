// The commands that take little and yield little: NOOP, CHECK, LOGOUT, STARTTLS, CLOSE, UNSELECT, CREATE,
// DELETE, RENAME, SUBSCRIBE, UNSUBSCRIBE, CAPABILITY, ENABLE, ID, NAMESPACE.

#include "coimap/session/commands/capability.hpp"
#include "coimap/session/commands/check.hpp"
#include "coimap/session/commands/close.hpp"
#include "coimap/session/commands/create.hpp"
#include "coimap/session/commands/delete.hpp"
#include "coimap/session/commands/enable.hpp"
#include "coimap/session/commands/id.hpp"
#include "coimap/session/commands/logout.hpp"
#include "coimap/session/commands/namespace.hpp"
#include "coimap/session/commands/noop.hpp"
#include "coimap/session/commands/rename.hpp"
#include "coimap/session/commands/starttls.hpp"
#include "coimap/session/commands/subscribe.hpp"
#include "coimap/session/commands/unselect.hpp"
#include "coimap/session/commands/unsubscribe.hpp"
#include "support/fake_context.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>

using namespace coimap;
using namespace coimap::commands;
using coimap::test::fake_context;

namespace {

template<class Command, class... Arguments>
std::shared_ptr<command> make(Arguments... arguments) {
    return std::make_shared<Command>(std::move(arguments)...);
}

} // namespace

BOOST_AUTO_TEST_SUITE(simple_commands)

BOOST_AUTO_TEST_CASE(how_they_are_written) {
    struct row {
        std::shared_ptr<command> one;
        const char* caps;
        const char* text;
    };
    const row rows[] = {
        {make<noop_command>(), "IMAP4rev1", "NOOP"},
        {make<check_command>(), "IMAP4rev1", "CHECK"},
        {make<check_command>(), "IMAP4rev2", "NOOP"},
        {make<check_command>(), "IMAP4rev1 IMAP4rev2", "CHECK"},
        {make<logout_command>(), "", "LOGOUT"},
        {make<starttls_command>(), "STARTTLS", "STARTTLS"},
        {make<close_command>(), "", "CLOSE"},
        {make<unselect_command>(), "UNSELECT", "UNSELECT"},
        {make<unselect_command>(), "IMAP4rev2", "UNSELECT"},
        {make<create_command>(mailbox_name("a b")), "", "CREATE \"a b\""},
        {make<create_command>(mailbox_name("S"), std::vector<std::string>{"\\Sent", "\\All"}),
         "CREATE-SPECIAL-USE", "CREATE S (USE (\\Sent \\All))"},
        {make<delete_command>(mailbox_name("a")), "", "DELETE a"},
        {make<rename_command>(mailbox_name("a"), mailbox_name("b")), "", "RENAME a b"},
        {make<subscribe_command>(mailbox_name("inbox")), "", "SUBSCRIBE INBOX"},
        {make<unsubscribe_command>(mailbox_name("a")), "", "UNSUBSCRIBE a"},
        {make<capability_command>(), "", "CAPABILITY"},
        {make<enable_command>(std::vector<std::string>{"CONDSTORE", "UTF8=ACCEPT"}), "ENABLE",
         "ENABLE CONDSTORE UTF8=ACCEPT"},
        {make<namespace_command>(), "NAMESPACE", "NAMESPACE"},
        {make<id_command>(), "ID", "ID NIL"},
        {make<id_command>(id_parameters{{"name", "coimap"}, {"os", std::nullopt}}), "ID",
         "ID (\"name\" \"coimap\" \"os\" NIL)"},
    };
    for (const row& each : rows) {
        fake_context context(each.caps);
        BOOST_TEST(context.write(*each.one) == each.text);
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_sent) {
    struct row {
        std::shared_ptr<command> one;
        const char* caps;
        errc error;
        const char* why;
    };
    const id_parameters many(31, {"a", "b"});
    const row rows[] = {
        {make<starttls_command>(), "IMAP4rev1", errc::not_supported, "not offered"},
        {make<unselect_command>(), "IMAP4rev1", errc::not_supported, "not offered"},
        {make<namespace_command>(), "IMAP4rev1", errc::not_supported, "not offered"},
        {make<id_command>(), "IMAP4rev1", errc::not_supported, "not offered"},
        {make<enable_command>("CONDSTORE"), "IMAP4rev1", errc::not_supported, "not offered"},
        {make<enable_command>("a\r\nX1 XPWNED"), "ENABLE", errc::invalid_argument, "a second command"},
        {make<enable_command>(std::vector<std::string>()), "ENABLE", errc::invalid_argument,
         "nothing to enable"},
        {make<create_command>(mailbox_name("")), "", errc::invalid_argument, "no name"},
        {make<create_command>(mailbox_name("a\r\nX1 XPWNED")), "", errc::invalid_argument,
         "a second command"},
        {make<create_command>(mailbox_name("a"), std::vector<std::string>{"\\Sent"}), "", errc::not_supported,
         "no special use"},
        {make<create_command>(mailbox_name("a"), std::vector<std::string>{"\\Se)\r\nX"}),
         "CREATE-SPECIAL-USE", errc::invalid_argument, "a second command"},
        {make<create_command>(mailbox_name("a"), std::vector<std::string>{"Sent"}), "CREATE-SPECIAL-USE",
         errc::invalid_argument, "no backslash"},
        {make<rename_command>(mailbox_name("a"), mailbox_name("b\n")), "", errc::invalid_argument,
         "a line end"},
        {make<delete_command>(mailbox_name("")), "", errc::invalid_argument, "no name"},
        {make<id_command>(id_parameters{{"a", "v\"\r\nX1 XPWNED"}}), "ID", errc::invalid_argument,
         "inject:id"},
        {make<id_command>(id_parameters{{"a\r\n", "v"}}), "ID", errc::invalid_argument, "in a name"},
        {make<id_command>(id_parameters{{"a", "1"}, {"A", "2"}}), "ID", errc::invalid_argument,
         "given twice"},
        {make<id_command>(id_parameters{{std::string(31, 'a'), "1"}}), "ID", errc::invalid_argument,
         "long name"},
        {make<id_command>(id_parameters{{"a", std::string(1025, 'x')}}), "ID", errc::invalid_argument,
         "long value"},
        {make<id_command>(many), "ID", errc::invalid_argument, "31 fields"},
    };
    for (const row& each : rows) {
        fake_context context(each.caps);
        BOOST_TEST((context.failure(*each.one) == each.error), each.why);
    }
}

BOOST_AUTO_TEST_CASE(capabilities_are_taken_from_either_place) {
    fake_context context;
    capability_command untagged;
    BOOST_TEST(context.feed(untagged, "* CAPABILITY IMAP4rev1 IDLE") == claim::mine);
    BOOST_TEST(context.feed(untagged, "* 3 EXISTS") == claim::not_mine);
    BOOST_TEST(!context.end(untagged));
    BOOST_TEST(untagged.take_result().has("idle"));

    capability_command tagged;
    BOOST_TEST(!context.end(tagged, "A1 OK [CAPABILITY IMAP4rev1 MOVE] done"));
    BOOST_TEST(tagged.take_result().has("MOVE"));

    capability_command silent;
    BOOST_TEST(!context.end(silent));
    BOOST_TEST(!silent.take_result().known());
}

BOOST_AUTO_TEST_CASE(logout_expects_a_bye) {
    fake_context context;
    logout_command one;
    BOOST_TEST(context.feed(one, "* BYE see you") == claim::mine);
    BOOST_TEST(context.feed(one, "* OK still here") == claim::not_mine);
    BOOST_TEST(!context.end(one, "A1 BYE done"));
    BOOST_TEST((one.transition() == transition::logs_out));
}

BOOST_AUTO_TEST_CASE(enabled_words_are_gathered) {
    fake_context context("ENABLE");
    enable_command one("CONDSTORE");
    BOOST_TEST(context.feed(one, "* ENABLED CONDSTORE X") == claim::mine);
    BOOST_TEST(one.take_result().size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_the_server_is_and_where_its_mailboxes_begin) {
    fake_context context("ID NAMESPACE");
    id_command who;
    BOOST_TEST(context.feed(who, "* ID (\"name\" \"Cyrus\")") == claim::mine);
    BOOST_TEST(who.take_result()->field("NAME").value() == "Cyrus");
    namespace_command where;
    BOOST_TEST(context.feed(where, "* NAMESPACE ((\"\" \"/\")) NIL NIL") == claim::mine);
    BOOST_TEST(where.take_result()->personal.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
