#include "repl/editor/editor.hpp"

#include "coimap/core/printable.hpp"
#include "coimap/core/utf8.hpp"

#include <asio/co_spawn.hpp>
#include <asio/experimental/as_tuple.hpp>
#include <asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <unistd.h>

namespace coimap::tools {
namespace {

constexpr auto no_throw = asio::experimental::as_tuple(asio::use_awaitable);

std::string common_prefix(const std::vector<std::string>& words) {
    std::string prefix = words.front();
    for (const std::string& word : words) {
        const auto place = std::mismatch(prefix.begin(), prefix.end(), word.begin(), word.end()).first;
        prefix.erase(place, prefix.end());
    }
    while (!is_utf8(prefix))
        prefix.pop_back();
    return prefix;
}

} // namespace

editor::editor(const asio::any_io_executor& executor, history& past, editor_host& host)
    : input_(executor, ::dup(STDIN_FILENO)), entered_(executor, asio::steady_timer::time_point::max()),
      raw_(STDIN_FILENO), past_(past), host_(host), position_(past.size()) {}

void editor::start() {
    serving_ = true;
    asio::co_spawn(input_.get_executor(), serve(), [this](const std::exception_ptr&) {
        ended_ = true;
        serving_ = false;
        entered_.cancel();
    });
}

asio::awaitable<void> editor::finish() {
    close();
    while (serving_)
        co_await entered_.async_wait(no_throw);
}

asio::awaitable<void> editor::serve() {
    std::array<char, 1024> room{};
    while (!ended_) {
        // Waiting and reading apart: a read by Asio would make the terminal non-blocking, for the output too.
        const auto waited = co_await input_.async_wait(asio::posix::descriptor_base::wait_read, no_throw);
        if (std::get<0>(waited))
            break;
        const ssize_t count = ::read(input_.native_handle(), room.data(), room.size());
        if (count <= 0)
            break;
        for (ssize_t i = 0; i < count; ++i)
            if (const auto pressed = decoder_.feed(room[static_cast<std::size_t>(i)]))
                handle(*pressed);
        redraw();
    }
}

void editor::close() {
    ended_ = true;
    std::error_code ignored;
    input_.close(ignored);
    entered_.cancel();
}

asio::awaitable<std::optional<std::string>> editor::read_line(std::string prompt) {
    prompt_ = std::move(prompt);
    position_ = past_.size();
    if (lines_.empty() && !ended_) {
        shown_ = true;
        redraw();
        co_await entered_.async_wait(no_throw);
        shown_ = false;
    } else if (!lines_.empty()) {
        write(prompt_ + printable(lines_.front()) + "\n");
    }
    std::optional<std::string> line;
    if (!lines_.empty()) {
        line = std::move(lines_.front());
        lines_.pop_front();
    }
    co_return line;
}

void editor::show_prompt(std::string prompt) {
    prompt_ = std::move(prompt);
    redraw();
}

void editor::print(std::string_view text) {
    if (!shown_)
        return write(text);
    write("\r\x1b[K" + std::string(text));
    redraw();
}

void editor::write(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written <= 0 && errno != EINTR)
            return;
        text.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
}

// The part of the line around the cursor, and the cursor's column in it.
std::string editor::visible_part(std::size_t columns, std::size_t& cursor_column) const {
    const std::string& text = line_.text();
    std::string part;
    std::vector<std::pair<std::size_t, std::size_t>>
        starts; // of the characters before the cursor: octet, width
    std::size_t width = 0;
    cursor_column = 0;
    const char* next = text.data();
    const char* const end = next + text.size();
    while (next != end) {
        const auto place = static_cast<std::size_t>(next - text.data());
        const char* const start = next;
        const char32_t c = decode_utf8(next, end);
        std::string shown(start, next);
        if (printable(shown) != shown)
            shown = "?";
        const std::size_t columns_of_it = shown == "?" ? 1 : display_width(c);
        if (place < line_.cursor()) {
            starts.emplace_back(part.size(), columns_of_it);
            cursor_column += columns_of_it;
        } else if (width + columns_of_it > columns) {
            break;
        }
        part += shown;
        width += columns_of_it;
        // The beginning gives way to the cursor.
        std::size_t gone = 0;
        while (width > columns && gone < starts.size() && place < line_.cursor()) {
            width -= starts[gone].second;
            cursor_column -= starts[gone].second;
            ++gone;
        }
        if (gone != 0) {
            const std::size_t octets = gone < starts.size() ? starts[gone].first : part.size();
            part.erase(0, octets);
            starts.erase(starts.begin(), starts.begin() + static_cast<std::ptrdiff_t>(gone));
            for (auto& each : starts)
                each.first -= octets;
        }
    }
    return part;
}

void editor::redraw() {
    if (!shown_)
        return;
    const std::string prompt = query_ ? "(search) " + printable(*query_) + ": " : prompt_;
    const std::size_t width = std::max<std::size_t>(terminal_width(STDOUT_FILENO), 20);
    const std::size_t taken = std::min(display_width(prompt), width - 10);
    std::size_t column = 0;
    const std::string part = visible_part(width - taken - 1, column);
    std::string text = "\r" + fit(prompt, taken) + part + "\x1b[K\r";
    if (taken + column > 0)
        text += "\x1b[" + std::to_string(taken + column) + "C";
    write(text);
}

void editor::handle(const key& pressed) {
    if (query_)
        handle_search(pressed);
    else
        handle_edit(pressed);
}

void editor::complete_again(const std::string& text) {
    if (!shown_ || query_ || line_.text() != text)
        return;
    complete();
    redraw();
}

void editor::handle_edit(const key& pressed) {
    switch (pressed.kind) {
    case key_kind::character:
        return line_.insert(pressed.text);
    case key_kind::enter:
        return submit();
    case key_kind::complete:
        return complete();
    case key_kind::backspace:
        return line_.backspace();
    case key_kind::erase:
        return line_.erase();
    case key_kind::left:
        return line_.left();
    case key_kind::right:
        return line_.right();
    case key_kind::word_left:
        return line_.word_left();
    case key_kind::word_right:
        return line_.word_right();
    case key_kind::home:
        return line_.home();
    case key_kind::end:
        return line_.end();
    case key_kind::up:
        return position_ > 0 ? recall(position_ - 1) : void();
    case key_kind::down:
        return position_ < past_.size() ? recall(position_ + 1) : void();
    case key_kind::search:
        query_.emplace();
        unfinished_ = line_.text();
        return;
    case key_kind::kill_line:
        return line_.kill_line();
    case key_kind::kill_rest:
        return line_.kill_rest();
    case key_kind::kill_word:
        return line_.kill_word();
    case key_kind::yank:
        return line_.yank();
    case key_kind::clear:
        return shown_ ? write("\x1b[H\x1b[2J") : void();
    case key_kind::interrupt:
        return interrupt();
    case key_kind::end_of_input:
        if (!line_.text().empty())
            return line_.erase();
        ended_ = true;
        if (!shown_)
            return host_.entered();
        write("\n");
        shown_ = false;
        entered_.cancel();
        return;
    case key_kind::unknown:
        return;
    }
}

void editor::handle_search(const key& pressed) {
    std::size_t before = position_;
    switch (pressed.kind) {
    case key_kind::character:
        *query_ += pressed.text;
        before = past_.size();
        break;
    case key_kind::backspace:
        if (!query_->empty())
            query_->pop_back();
        while (!is_utf8(*query_))
            query_->pop_back();
        before = past_.size();
        break;
    case key_kind::search:
        break;
    case key_kind::interrupt:
        query_.reset();
        return line_.set(unfinished_);
    default:
        // Any other key ends the search and does its own work on the line that was found.
        query_.reset();
        return handle_edit(pressed);
    }
    if (const auto found = past_.find_before(before, *query_)) {
        position_ = *found;
        line_.set(past_[*found]);
    }
}

void editor::submit() {
    const std::string text = line_.text();
    const bool at_prompt = shown_;
    line_.end();
    redraw();
    if (at_prompt)
        write("\n");
    shown_ = false;
    past_.add(text);
    position_ = past_.size();
    line_.set({});
    if (at_prompt || !text.empty())
        lines_.push_back(text);
    if (at_prompt)
        entered_.cancel();
    else
        host_.entered();
}

void editor::interrupt() {
    if (!shown_) {
        line_.set({});
        lines_.clear();
        return host_.interrupt();
    }
    write("^C\n");
    line_.set({});
    position_ = past_.size();
}

void editor::recall(std::size_t index) {
    if (position_ == past_.size())
        unfinished_ = line_.text();
    position_ = index;
    line_.set(index == past_.size() ? unfinished_ : past_[index]);
}

void editor::complete() {
    const completions found = host_.complete(std::string_view(line_.text()).substr(0, line_.cursor()));
    if (found.candidates.empty())
        return;
    const std::string typed = line_.text().substr(found.from, line_.cursor() - found.from);
    if (found.candidates.size() == 1)
        return line_.replace(found.from, found.candidates.front() + " ");
    const std::string prefix = common_prefix(found.candidates);
    if (prefix.size() > typed.size())
        line_.replace(found.from, prefix);
    else
        offer(found.candidates);
}

void editor::offer(const std::vector<std::string>& candidates) {
    constexpr std::size_t most = 100;
    std::size_t widest = 0;
    for (const std::string& each : candidates)
        widest = std::max(widest, display_width(printable(each)) + 2);
    const std::size_t columns = std::max<std::size_t>(1, terminal_width(STDOUT_FILENO) / widest);
    std::string text;
    for (std::size_t i = 0; i < std::min(candidates.size(), most); ++i) {
        const std::string shown = printable(candidates[i]);
        text += shown;
        const bool last = (i + 1) % columns == 0 || i + 1 == std::min(candidates.size(), most);
        text.append(last ? "\n" : std::string(widest - display_width(shown), ' '));
    }
    if (candidates.size() > most)
        text += "... and " + std::to_string(candidates.size() - most) + " more\n";
    print(text);
}

} // namespace coimap::tools
