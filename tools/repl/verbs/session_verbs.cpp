// Verbs about the session: who is there, who we are, what both can do.

#include "common/exit_status.hpp"
#include "repl/describe.hpp"
#include "repl/verbs/verbs.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/sasl/credentials.hpp"

#include <array>

namespace coimap::tools {
namespace {

asio::awaitable<void> capability(repl_context& context, word_list words) {
    words.expect_end();
    const capabilities known = co_await context.connection.capability();
    describe(context.out.result(), known);
}

asio::awaitable<void> noop(repl_context& context, word_list words) {
    words.expect_end();
    co_await context.connection.noop();
}

asio::awaitable<void> logout(repl_context& context, word_list words) {
    words.expect_end();
    context.finished = true;
    if (context.connection.is_open())
        co_await context.connection.logout();
}

asio::awaitable<void> login(repl_context& context, word_list words) {
    if (!words.empty())
        context.where.user = words.take("USER").text;
    if (words.empty()) {
        co_await log_in(context);
        co_return;
    }
    secret password(words.take("PASSWORD").text);
    words.expect_end();
    std::string user = context.where.user;
    sasl::credentials who(user, password);
    co_await context.connection.login(std::move(user), std::move(password));
    who.host(context.where.host).port(context.where.port);
    context.who = std::move(who);
}

asio::awaitable<void> authenticate(repl_context& context, word_list words) {
    if (!words.empty())
        context.mechanism = upper(words.take("MECHANISM").text);
    if (!words.empty())
        context.where.user = words.take("USER").text;
    words.expect_end();
    co_await log_in(context);
}

asio::awaitable<void> enable(repl_context& context, word_list words) {
    std::vector<std::string> names;
    do
        names.push_back(upper(words.take("a capability, such as CONDSTORE").text));
    while (!words.empty());
    const std::vector<std::string> enabled = co_await context.connection.enable(std::move(names));
    describe(context.out.result(), enabled);
}

asio::awaitable<void> id(repl_context& context, word_list words) {
    id_parameters parameters;
    while (!words.empty()) {
        const std::string name = words.take("NAME").text;
        const word value = words.take("a value for " + name);
        std::optional<std::string> text;
        if (!value.is("nil"))
            text = value.text;
        parameters.emplace_back(name, std::move(text));
    }
    const kept<id_data> server = co_await context.connection.id(std::move(parameters));
    describe(context.out.result(), server);
}

asio::awaitable<void> namespaces(repl_context& context, word_list words) {
    words.expect_end();
    const kept<namespace_data> told = co_await context.connection.namespaces();
    describe(context.out.result(), told);
}

constexpr std::array verbs{
    verb{"capability", "", "what the server can do", "", capability},
    verb{"id", "[NAME VALUE]...", "tells the server who asks, and shows who answers (RFC 2971)",
         "id\nid name coimap version 1.0", id},
    verb{"noop", "", "nothing, but the server may tell its news", "", noop},
    verb{"login", "[USER [PASSWORD]]", "logs in",
         "Without a password it is taken from --password-file, --password-command, COIMAP_PASSWORD,\n"
         "COIMAP_TOKEN or asked for, which is better: a password that is typed here may be seen.",
         login},
    verb{"authenticate", "[MECHANISM [USER]]", "logs in by SASL, by the strongest mechanism or the one named",
         "authenticate\nauthenticate scram-sha-256", authenticate},
    verb{"enable", "CAPABILITY...", "switches extensions on (RFC 5161)",
         "enable condstore\nenable utf8=accept", enable},
    verb{"namespace", "", "where one's own, other users' and shared mailboxes are (RFC 2342)", "",
         namespaces},
    verb{"logout", "", "says goodbye and ends", "", logout, 0, nullptr, false},
};

} // namespace

std::span<const verb> session_verbs() {
    return verbs;
}

asio::awaitable<void> log_in(repl_context& context) {
    if (context.where.user.empty())
        throw usage_error("no user is named: write imaps://USER@HOST, --user USER or login USER");
    sasl::credentials who;
    who.user(context.where.user).host(context.where.host).port(context.where.port);
    const bool without_password =
        iequals(context.mechanism, "EXTERNAL") || iequals(context.mechanism, "ANONYMOUS");
    if (!without_password) {
        auto found = find_password(context.passwords, context.where.user + " at " + context.where.host);
        if (!found)
            throw usage_error("there is no password for " + context.where.user +
                              ": use --password-file, --password-command, COIMAP_PASSWORD or COIMAP_TOKEN");
        if (found->is_token)
            who.token(std::move(found->octets));
        else
            who.password(std::move(found->octets));
    }
    std::string mechanism = context.mechanism;
    sasl::credentials sent = who;
    co_await context.connection.authenticate(std::move(sent), std::move(mechanism));
    context.who = std::move(who);
}

} // namespace coimap::tools
