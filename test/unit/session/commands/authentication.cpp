#include "coimap/session/commands/authenticate.hpp"
#include "coimap/session/commands/login.hpp"
#include "support/fake_context.hpp"

#include <boost/test/unit_test.hpp>

using namespace coimap;
using namespace coimap::commands;
using namespace std::string_view_literals;
using coimap::test::fake_context;

namespace {

/// Says what it is told to say.
class script : public sasl::mechanism {
public:
    script(bool first, std::string initial_message, bool finishes = true)
        : first_(first), initial_(std::move(initial_message)), finishes_(finishes) {}

    std::string_view name() const noexcept override { return "SCRIPT-1"; }
    bool client_first() const noexcept override { return first_; }
    result<std::string> initial() override { return initial_; }
    result<std::string> respond(std::string_view challenge) override {
        if (challenge == "bad")
            return errc::bad_utf8;
        return "<" + std::string(challenge) + ">";
    }
    bool may_finish() const noexcept override { return finishes_; }
    bool sends_password_in_clear() const noexcept override { return false; }

private:
    bool first_;
    std::string initial_;
    bool finishes_;
};

authenticate_command authenticate(bool first, std::string initial, bool finishes = true) {
    return authenticate_command(std::make_unique<script>(first, std::move(initial), finishes));
}

} // namespace

BOOST_AUTO_TEST_SUITE(authentication)

BOOST_AUTO_TEST_CASE(login_is_quoted_where_it_can_be) {
    struct row {
        std::string_view user;
        std::string_view password;
        std::string_view text;
        std::size_t waits;
        const char* why;
    };
    const row rows[] = {
        {"alice", "secret", "LOGIN \"alice\" \"secret\"", 0, "quoted even where atoms would do"},
        {"a@b", "x\"y\\", "LOGIN \"a@b\" \"x\\\"y\\\\\"", 0, "escaped"},
        {"", "", "LOGIN \"\" \"\"", 0, "empty"},
        {"\xc3\xbc", "x", "LOGIN {2}\r\n\xc3\xbc \"x\"", 1, "8-bit needs a literal"},
        {"a", "x\r\ny", "LOGIN \"a\" {4}\r\nx\r\ny", 1, "lines in a password"},
    };
    for (const row& each : rows) {
        fake_context context;
        login_command one(std::string(each.user), secret(each.password));
        BOOST_TEST(context.write(one) == each.text, each.why);
        BOOST_TEST(context.secret);
        BOOST_TEST(context.sync_points == each.waits);
    }
}

BOOST_AUTO_TEST_CASE(login_that_is_not_sent) {
    fake_context forbidden("IMAP4rev1 LOGINDISABLED");
    login_command disabled("a", "b");
    BOOST_TEST((forbidden.failure(disabled) == errc::login_disabled));
    fake_context context;
    login_command injected("user\"\r\nX1 XPWNED", "b"); // inject:user
    BOOST_TEST((context.failure(injected) == errc::invalid_argument));
    login_command with_nul("a", secret("a\0b"sv));
    BOOST_TEST((context.failure(with_nul) == errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(login_masks_the_password_in_what_the_server_says) {
    fake_context context;
    login_command one("alice", "hunter2");
    BOOST_TEST(one.mask_secrets("bad password hunter2 (hunter2)") == "bad password *** (***)");
    BOOST_TEST((context.end(one, "A1 NO [AUTHENTICATIONFAILED] no") == errc::authentication_failed));
    BOOST_TEST(!context.end(one, "A1 OK in"));
    BOOST_TEST(!context.end(one, "A1 BAD what"));
    login_command empty("alice", "");
    BOOST_TEST(empty.mask_secrets("as it is") == "as it is");
}

BOOST_AUTO_TEST_CASE(the_initial_response_goes_along_where_it_may) {
    struct row {
        bool first;
        const char* initial;
        const char* caps;
        const char* text;
    };
    const std::string long_one(20'000, 'x');
    const row rows[] = {
        {true, "hello", "SASL-IR", "AUTHENTICATE SCRIPT-1 aGVsbG8="},
        {true, "", "SASL-IR", "AUTHENTICATE SCRIPT-1 ="},
        {true, "hello", "IMAP4rev1", "AUTHENTICATE SCRIPT-1"},
        {true, "hello", "IMAP4rev2", "AUTHENTICATE SCRIPT-1 aGVsbG8="},
        {false, "", "SASL-IR", "AUTHENTICATE SCRIPT-1"},
    };
    for (const row& each : rows) {
        fake_context context(each.caps);
        auto one = authenticate(each.first, each.initial);
        BOOST_TEST(context.write(one) == each.text);
    }
    fake_context context("SASL-IR");
    auto one = authenticate(true, long_one);
    BOOST_TEST(context.write(one).size() == 22u + 26'668u);
    BOOST_TEST(context.secret);
}

BOOST_AUTO_TEST_CASE(challenges_are_answered_line_by_line) {
    fake_context context;
    auto one = authenticate(true, "hello");
    context.write(one);
    BOOST_TEST(one.on_continuation("").line.value() == "aGVsbG8="); // what SASL-IR would have carried
    BOOST_TEST(one.on_continuation("YWJj ").line.value() == "PGFiYz4=");
    BOOST_TEST(one.on_continuation("").line.value() == "PD4=");
    BOOST_TEST(one.on_continuation("YWJj").secret);
    BOOST_TEST(!context.end(one));
    BOOST_TEST(one.mask_secrets("got PGFiYz4= and hello") == "got *** and ***");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_answered_is_aborted) {
    struct row {
        const char* challenge;
        errc error;
        const char* why;
    };
    const std::string huge(200'000, 'A');
    const row rows[] = {
        {"no base64!", errc::bad_challenge, "no base64"},
        {"YWJ", errc::bad_challenge, "padding is missing"},
        {"YmFk", errc::bad_utf8, "the mechanism's own error"},
        {huge.c_str(), errc::bad_challenge, "too long"},
    };
    for (const row& each : rows) {
        fake_context context;
        auto one = authenticate(false, "");
        context.write(one);
        const auto reply = one.on_continuation(each.challenge);
        BOOST_TEST(reply.line.value() == "*", each.why);
        BOOST_TEST((reply.failure == each.error), each.why);
        BOOST_TEST(!reply.secret);
        BOOST_TEST(!one.on_continuation("YWJj").line.has_value()); // only once
        BOOST_TEST((context.end(one, "A1 BAD aborted") == each.error), each.why);
    }
    BOOST_TEST(authenticate(true, "").abort_line().value() == "*");
}

BOOST_AUTO_TEST_CASE(an_ok_is_believed_only_by_a_mechanism_that_is_done) {
    fake_context context;
    auto one = authenticate(true, "hello", false);
    context.write(one);
    BOOST_TEST((context.end(one, "A1 OK welcome") == errc::server_not_authentic));
    BOOST_TEST(one.fatal_on_error());
    BOOST_TEST((context.end(one, "A1 NO go away") == errc::authentication_failed));
    authenticate_command none(nullptr);
    BOOST_TEST((context.failure(none) == errc::invalid_argument));
}

BOOST_AUTO_TEST_SUITE_END()
