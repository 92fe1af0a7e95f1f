#pragma once
// What the user gets to see: results, events, errors and times, as text or as JSON, a line an object.
//
// {"command":TEXT,"result":...,"ok":true,"milliseconds":NUMBER} for a command ("ok":false and "error":{...}
// for one that failed, behind what it had yielded by then), {"event":NAME,...} for an event. Events that come
// while a result is being written wait for its end.

#include "common/forwarding_sink.hpp"
#include "common/header_decoder.hpp"
#include "common/json_sink.hpp"
#include "common/output.hpp"
#include "common/terminal.hpp"
#include "common/text_sink.hpp"

#include "coimap/core/error.hpp"
#include "coimap/session/event.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace coimap::tools {

/// Why a command failed, in the program's terms.
struct problem {
    int status = 0;        ///< to exit with
    std::string_view kind; ///< "refused", "timeout", ...
    std::string text;      ///< a sentence, printable
    diagnostics details;   ///< as far as the server had a part in it
    bool connection_usable = true;
};

/// From whatever was thrown.
problem problem_of(const std::exception_ptr& thrown);

/// Whether something ended since it was cancelled, in the library's words or in Asio's.
bool is_cancelled(const std::error_code& code) noexcept;

class reporter {
public:
    using printer = std::function<void(std::string_view)>;

    /// The first writes what was asked for, the second what went wrong, when it is meant for people.
    reporter(bool json, printer results, printer complaints);

    /// Writes everything elsewhere, above a prompt; back again when nothing is given.
    void redirect(printer elsewhere);

    /// Is called when the connection has ended, behind the report of it.
    void on_closed(std::function<void()> handler) { on_closed_ = std::move(handler); }

    bool is_json() const noexcept { return json_; }

    /// A command starts. Its text must be free of secrets.
    void begin(std::string command);

    /// Where the command's result goes: one value.
    value_sink& result();

    /// A result that is a list whose elements are shown as they come. end_rows() ends it.
    void begin_rows();
    value_sink& row(); ///< for one element
    void end_rows();

    void succeed();
    void fail(const problem& what);

    void show(const event& what);

    /// A remark of the program's own; only for people.
    void note(std::string_view text);
    /// Text without any form, such as help; only for people (in JSON it is a result).
    void text(std::string_view lines);
    /// Something that went on and is not over: replaces itself; only on a terminal.
    void progress(std::string_view text);

    const painter& paint() const noexcept { return paint_; }
    void set_terminal(const painter& paint, std::size_t width);

private:
    void open_object();
    void close_object();
    std::string elapsed() const;
    double milliseconds() const;
    void flush_rows();
    void flush_events();
    void show_event_text(const event& what);
    void print_json();
    void print(std::string_view text);

    bool json_;
    printer results_;
    printer complaints_;
    printer elsewhere_;
    std::function<void()> on_closed_;
    painter paint_;
    std::size_t width_ = 0;
    bool on_terminal_ = false;
    output json_text_;
    json_sink json_sink_;
    header_decoder json_decoder_;
    std::unique_ptr<text_sink> text_sink_;
    std::unique_ptr<header_decoder> text_decoder_;
    std::string command_;
    std::chrono::steady_clock::time_point started_;
    bool object_open_ = false;
    bool rows_open_ = false;
    bool progress_shown_ = false;
    std::size_t rows_ = 0;
    std::deque<event> waiting_;
};

} // namespace coimap::tools
