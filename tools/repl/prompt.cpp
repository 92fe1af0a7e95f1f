// The prompt on a terminal: it idles while it waits for a line, so that events appear as they come.

#include "common/exit_status.hpp"
#include "repl/background_idle.hpp"
#include "repl/command_runner.hpp"
#include "repl/completion.hpp"
#include "repl/editor/editor.hpp"

#include "coimap/core/printable.hpp"

#include <asio/co_spawn.hpp>
#include <asio/signal_set.hpp>
#include <asio/this_coro.hpp>

#include <csignal>
#include <memory>
#include <unistd.h>

namespace coimap::tools {
namespace {

// Fetches the names of all mailboxes, for completion.
asio::awaitable<void> learn_mailboxes(repl_context& context) {
    try {
        const std::vector<mailbox_entry> found = co_await context.connection.list();
        context.mailboxes.clear();
        for (const mailbox_entry& each : found)
            context.mailboxes.push_back(each.name.text());
    } catch (const std::exception&) {
        // Then nothing is completed.
    }
}

class prompt_host final : public editor_host {
public:
    prompt_host(repl_context& context, command_runner& runner, asio::any_io_executor executor)
        : context_(context), runner_(runner), executor_(std::move(executor)) {}

    /// For completing when the names have come.
    void serve(editor& line) { *line_ = &line; }
    void leave() { *line_ = nullptr; }

    completions complete(std::string_view before_cursor) override {
        bool wants_mailboxes = false;
        completions found = complete_line(before_cursor, context_.mailboxes, wants_mailboxes);
        const bool may_ask = context_.connection.state() == session_state::authenticated ||
                             context_.connection.state() == session_state::selected;
        if (wants_mailboxes && context_.mailboxes.empty() && may_ask)
            ask();
        return found;
    }

    void interrupt() override { runner_.interrupt(); }

    void entered() override {
        if (context_.line_ends_it)
            runner_.interrupt();
    }

private:
    void ask() {
        asio::co_spawn(
            executor_, learn_mailboxes(context_),
            [line = line_, text = (*line_)->text(), &context = context_](const std::exception_ptr&) {
                if (*line != nullptr && !context.mailboxes.empty())
                    (*line)->complete_again(text);
            });
    }

    repl_context& context_;
    command_runner& runner_;
    asio::any_io_executor executor_;
    std::shared_ptr<editor*> line_ = std::make_shared<editor*>(nullptr);
};

std::string prompt_of(const repl_context& context) {
    std::string text = context.where.user.empty() ? std::string() : context.where.user + "@";
    text += context.where.host;
    if (!context.connection.is_open())
        text += " (not connected)";
    else if (context.selected && context.selected->is_selected())
        text += " " + context.selected->name().text();
    return printable(text) + "> ";
}

} // namespace

asio::awaitable<int> run_prompt(repl_context& context) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    history past(history::default_path());
    command_runner runner(context);
    prompt_host host(context, runner, executor);
    editor line(executor, past, host);
    background_idle idling(executor, context.connection, context.out);
    context.interactive = true;
    context.stop_background_idle = [&idling] { return idling.stop(); };
    context.has_line = [&line] { return line.has_line(); };
    context.out.redirect([&line](std::string_view text) { line.print(text); });
    context.out.set_terminal(painter(wants_colours(STDOUT_FILENO)), terminal_width(STDOUT_FILENO));

    asio::signal_set signals(executor, SIGTERM, SIGHUP);
    signals.async_wait([&](const std::error_code& error, int) {
        if (error)
            return;
        runner.interrupt();
        line.close();
    });
    host.serve(line);
    line.start();

    context.out.on_closed([&] {
        if (!context.finished)
            line.show_prompt(prompt_of(context)); // the next command connects again
    });
    while (!context.finished) {
        idling.start();
        std::string text = prompt_of(context);
        std::optional<std::string> entered = co_await line.read_line(std::move(text));
        if (!entered)
            break;
        if (entered->find_first_not_of(" \t") == std::string::npos)
            continue;
        context.out.set_terminal(context.out.paint(), terminal_width(STDOUT_FILENO));
        co_await runner.run(std::move(*entered));
    }
    const bool lost = !context.finished && !context.connection.is_open();
    context.finished = true;
    co_await idling.stop();
    context.out.on_closed({});
    context.stop_background_idle = nullptr;
    context.has_line = nullptr;
    context.out.redirect({});
    host.leave();
    co_await line.finish();
    co_return lost ? number(exit_status::unavailable) : 0;
}

} // namespace coimap::tools
