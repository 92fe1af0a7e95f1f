#pragma once
// The prompt: a line that is edited while the rest of the program goes on. What is printed meanwhile appears
// above it. Lines that are entered while a command runs wait for their turn.

#include "common/terminal.hpp"
#include "repl/editor/edit_line.hpp"
#include "repl/editor/history.hpp"
#include "repl/editor/keys.hpp"
#include "repl/editor/raw_terminal.hpp"

#include <asio/any_io_executor.hpp>
#include <asio/awaitable.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools {

/// What may stand in the place of the word at the cursor.
struct completions {
    std::size_t from = 0; ///< where the word begins
    std::vector<std::string> candidates;
};

/// What the editor asks of the program around it.
class editor_host {
public:
    virtual ~editor_host() = default;
    virtual completions complete(std::string_view before_cursor) = 0;
    virtual void interrupt() = 0; ///< Control-C while no prompt is shown
    virtual void entered() = 0;   ///< Enter or Control-D while no prompt is shown
};

class editor {
public:
    editor(const asio::any_io_executor& executor, history& past, editor_host& host);

    /// Shows the prompt and waits for a line. Nothing at the end of the input. One at a time.
    asio::awaitable<std::optional<std::string>> read_line(std::string prompt);

    /// Another prompt in the place of the one that is shown.
    void show_prompt(std::string prompt);

    /// Prints whole lines: above the prompt when one is shown.
    void print(std::string_view text);

    /// Completes once more, now that the candidates are there, unless the line is another by now.
    void complete_again(const std::string& text);
    const std::string& text() const noexcept { return line_.text(); }

    /// Whether a line was entered that nobody has read yet.
    bool has_line() const noexcept { return !lines_.empty(); }

    /// Serves the keyboard from now on.
    void start();

    /// No line comes any more.
    void close();

    /// Waits until nothing refers to this object any more; it may go then, and not before.
    asio::awaitable<void> finish();

private:
    asio::awaitable<void> serve();
    void handle(const key& pressed);
    void handle_edit(const key& pressed);
    void handle_search(const key& pressed);
    void submit();
    void interrupt();
    void complete();
    void offer(const std::vector<std::string>& candidates);
    void recall(std::size_t index);
    void redraw();
    void write(std::string_view text);
    std::string visible_part(std::size_t columns, std::size_t& cursor_column) const;

    asio::posix::stream_descriptor input_;
    asio::steady_timer entered_; // cancelled when a line has come
    raw_terminal raw_;
    history& past_;
    editor_host& host_;
    key_decoder decoder_;
    edit_line line_;
    std::string prompt_;
    std::deque<std::string> lines_;
    std::string unfinished_;           // the new line, while an old one is shown
    std::size_t position_ = 0;         // in the history; its size for the new line
    std::optional<std::string> query_; // what Control-R looks for
    bool shown_ = false;
    bool ended_ = false;
    bool serving_ = false;
};

} // namespace coimap::tools
