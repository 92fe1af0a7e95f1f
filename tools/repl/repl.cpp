#include "repl/repl.hpp"

#include "common/output.hpp"
#include "repl/command_runner.hpp"
#include "repl/describe.hpp"
#include "repl/options.hpp"

#include "coimap/core/printable.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include <cstdio>
#include <unistd.h>

namespace coimap::tools {
namespace {

void print_to(int descriptor, std::string_view text) {
    output out(descriptor);
    out.append(text);
    out.flush();
}

asio::awaitable<void> select_first(repl_context& context) {
    if (context.where.mailbox.empty())
        co_return;
    coimap::mailbox opened = co_await context.connection.select(context.where.mailbox);
    context.selected = std::move(opened);
}

void greet(repl_context& context) {
    context.out.note("connected to " + context.where.host + ", " + context.connection.tls_description() +
                     (context.connection.state() == session_state::not_authenticated
                          ? "; not logged in (login USER)"
                          : ""));
    if (context.selected)
        context.out.note(context.selected->name().text() + " has " +
                         std::to_string(context.selected->exists()) +
                         " messages. help shows what can be done");
}

asio::awaitable<int> work(repl_context& context, const repl_options& options, bool on_terminal) {
    const bool has_user = !context.where.user.empty();
    if (has_user && context.connection.state() == session_state::not_authenticated)
        co_await log_in(context);
    co_await select_first(context);
    context.ready = true;
    int status = 0;
    if (on_terminal) {
        greet(context);
        status = co_await run_prompt(context);
    } else {
        std::vector<std::string> commands = options.commands;
        status = co_await run_batch(context, std::move(commands));
    }
    context.finished = true;
    if (context.connection.is_open())
        co_await context.connection.logout();
    co_return status;
}

asio::awaitable<client> open(const repl_options& options) {
    connect_options connecting = options.connecting;
    if (options.tunnel.empty())
        return connect(options.where.host, options.where.port, std::move(connecting));
    // Who names the program trusts it with the password.
    connecting.tls(tls_mode::none).allow_cleartext_authentication();
    return connect_by_command(options.tunnel, std::move(connecting));
}

// The session as it was before the connection was lost.
asio::awaitable<void> connect_again(repl_context& context, const repl_options& options,
                                    const event_handler& handler) {
    context.out.note("connecting again to " + context.where.host);
    client fresh = co_await open(options);
    context.connection = std::move(fresh);
    context.connection.on_event(handler);
    if (context.who && context.connection.state() == session_state::not_authenticated) {
        sasl::credentials who = *context.who;
        std::string mechanism = context.mechanism;
        co_await context.connection.authenticate(std::move(who), std::move(mechanism));
    }
    if (!context.selected)
        co_return;
    const coimap::mailbox before = *context.selected;
    mailbox_name name = before.name();
    asio::awaitable<coimap::mailbox> opening = before.info().read_only
                                                   ? context.connection.examine(std::move(name))
                                                   : context.connection.select(std::move(name));
    coimap::mailbox opened = co_await std::move(opening);
    context.selected = std::move(opened);
    context.out.note("in " + before.name().text() + " again, which has " +
                     std::to_string(context.selected->exists()) + " messages");
    if (context.selected->info().uid_validity != before.info().uid_validity)
        throw failure(exit_status::unavailable, "the mailbox is another one of the same name: UIDs that were "
                                                "known are worth nothing");
}

// No event reaches a context that is gone.
struct silencing_guard {
    explicit silencing_guard(repl_context& of) : context(of) {}
    ~silencing_guard() { context.connection.on_event({}); }
    silencing_guard(const silencing_guard&) = delete;
    silencing_guard& operator=(const silencing_guard&) = delete;

    repl_context& context;
};

asio::awaitable<int> session(const repl_options& options, reporter& out, bool on_terminal) {
    client connection = co_await open(options);
    repl_context context(std::move(connection), options.where, options.passwords, out);
    context.mechanism = options.mechanism;
    const event_handler handler = [&context](const event& what) {
        // That the connection ends or a mailbox is selected is no news when it was asked for, and that
        // logging in changes what the server can do is none either.
        const bool expected = (context.finished && (std::holds_alternative<events::bye>(what) ||
                                                    std::holds_alternative<events::closed>(what))) ||
                              std::holds_alternative<events::selection_changed>(what) ||
                              (!context.ready && std::holds_alternative<events::capabilities_changed>(what));
        if (!expected)
            context.out.show(what);
    };
    context.connection.on_event(handler);
    if (on_terminal)
        context.reconnect = [&] { return connect_again(context, options, handler); };
    const silencing_guard guard(context);
    const int status = co_await work(context, options, on_terminal);
    co_return status;
}

} // namespace

exit_status run_repl(std::span<const std::string_view> words) {
    repl_options options;
    try {
        options = parse_repl_options(words);
    } catch (const error& problem) {
        throw usage_error(problem.details().text.empty() ? problem.what() : problem.details().text);
    }
    if (options.help) {
        std::fputs(help_text(repl_synopsis).c_str(), stdout);
        return exit_status::ok;
    }
    const bool on_terminal =
        options.commands.empty() && is_terminal(STDIN_FILENO) && is_terminal(STDOUT_FILENO);
    asio::io_context* serving = nullptr;
    std::exception_ptr unwritten; // why the results cannot be shown: then there is no point in going on
    reporter out(
        options.json,
        [&](std::string_view text) {
            try {
                print_to(STDOUT_FILENO, text);
            } catch (const failure&) {
                unwritten = std::current_exception();
                serving->stop();
                throw;
            }
        },
        [&](std::string_view text) {
            if (!unwritten)
                print_to(STDERR_FILENO, text);
        });
    if (on_terminal)
        out.set_terminal(painter(wants_colours(STDOUT_FILENO)), terminal_width(STDOUT_FILENO));
    out.begin("connect");

    asio::io_context io(1);
    serving = &io;
    int status = number(exit_status::software);
    std::exception_ptr thrown;
    asio::co_spawn(io, session(options, out, on_terminal),
                   [&](const std::exception_ptr& problem, int result) {
                       thrown = problem;
                       status = result;
                       io.stop();
                   });
    io.run();
    if (unwritten)
        std::rethrow_exception(unwritten);
    if (!thrown)
        return static_cast<exit_status>(status);
    const problem what = problem_of(thrown);
    out.fail(what);
    return static_cast<exit_status>(what.status);
}

} // namespace coimap::tools
