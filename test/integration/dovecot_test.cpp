// The private Dovecot itself: what every other integration test stands on.

#include "support/base64.hpp"
#include "support/dovecot.hpp"
#include "support/seed.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <filesystem>
#include <poll.h>
#include <string>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

using namespace coimap::test;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

bool listens(unsigned short port) {
    try {
        raw_imap probe(port, 5s);
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(private_dovecot)

BOOST_AUTO_TEST_CASE(greets_and_knows_its_users) {
    raw_imap connection(shared_dovecot().port());
    BOOST_TEST(connection.greeting().starts_with("* OK"));
    for (const auto* user : {"alice", "bob", "carol"}) {
        raw_imap other(shared_dovecot().port());
        other.login(user);
        BOOST_TEST(other.command("LIST \"\" Drafts").size() == 2);
    }
}

BOOST_AUTO_TEST_CASE(takes_a_token_of_its_own_and_no_expired_one) {
    const auto answer = [](const std::string& token) {
        raw_imap connection(shared_dovecot().port());
        const auto tag = connection.begin("AUTHENTICATE XOAUTH2 " + base64("user=alice\x01"
                                                                           "auth=Bearer " +
                                                                           token + "\x01\x01"));
        return connection.line().substr(0, tag.size() + 3);
    };
    BOOST_TEST(answer(dovecot::oauth_token("alice")) == "t1 OK");
    BOOST_TEST(answer(dovecot::oauth_token("alice", -60)) != "t1 OK");
    BOOST_TEST(answer("nonsense") != "t1 OK");
}

BOOST_AUTO_TEST_CASE(stops_with_its_owner_and_leaves_nothing) {
    fs::path folder;
    unsigned short port = 0;
    {
        dovecot server;
        folder = server.folder();
        port = server.port();
        BOOST_TEST(listens(port));
        BOOST_TEST(fs::exists(folder));
        server.deliver("alice", "INBOX", "Subject: hello\r\n\r\nhello\r\n");
    }
    BOOST_TEST(!listens(port));
    BOOST_TEST(!fs::exists(folder));
}

BOOST_AUTO_TEST_CASE(stops_and_leaves_nothing_when_its_owner_is_killed) {
    int report[2];
    BOOST_REQUIRE(::pipe(report) == 0);
    const pid_t owner = ::fork();
    if (owner == 0) {
        ::close(report[0]);
        dovecot server;
        const auto name = server.folder().string() + "\n";
        if (::write(report[1], name.data(), name.size()) > 0)
            ::pause();
        ::_exit(1);
    }
    ::close(report[1]);
    std::string folder;
    for (char c = 0; ::read(report[0], &c, 1) == 1 && c != '\n';)
        folder += c;
    BOOST_REQUIRE(fs::exists(folder));
    // Tells when the folder is gone, so that nobody has to ask again and again.
    const int watch = ::inotify_init1(IN_CLOEXEC);
    BOOST_REQUIRE(::inotify_add_watch(watch, folder.c_str(), IN_DELETE_SELF | IN_ONLYDIR) >= 0);
    ::kill(owner, SIGKILL);
    ::waitpid(owner, nullptr, 0);
    ::close(report[0]);
    pollfd removed{watch, POLLIN, 0};
    BOOST_TEST(::poll(&removed, 1, 10'000) == 1);
    ::close(watch);
    BOOST_TEST(!fs::exists(folder));
}

BOOST_AUTO_TEST_CASE(is_filled_with_the_same_mail_each_time) {
    BOOST_TEST(made_up_message(7, 100).content == made_up_message(7, 100).content);
    BOOST_TEST(made_up_message(7, 100).content != made_up_message(8, 100).content);

    dovecot server;
    fill_mailbox(server.port(), "alice", "INBOX", 450);
    raw_imap connection(server.port());
    connection.login("alice");
    const auto lines = connection.command("STATUS INBOX (MESSAGES)");
    BOOST_TEST(lines.front() == "* STATUS INBOX (MESSAGES 450)");
}

BOOST_AUTO_TEST_SUITE_END()
