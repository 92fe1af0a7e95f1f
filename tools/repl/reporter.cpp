#include "repl/reporter.hpp"

#include "repl/describe.hpp"

#include "coimap/core/printable.hpp"

#include <array>
#include <cstdio>

namespace coimap::tools {
namespace {

// Rows of text wait for so many others, so that they stand in columns together.
constexpr std::size_t rows_together = 200;

std::string times(std::uint64_t count, std::string_view what) {
    return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

std::string message_name(std::uint32_t sequence_number, const std::optional<std::uint32_t>& uid) {
    std::string name = "message " + std::to_string(sequence_number);
    if (uid)
        name += " (UID " + std::to_string(*uid) + ")";
    return name;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& each : words)
        text.append(text.empty() ? "" : " ").append(each);
    return text;
}

// An event as a sentence.
struct sentence {
    std::string operator()(const events::exists& each) const {
        const std::string count = times(each.count, "message");
        return each.count > each.previous ? count + ", " + std::to_string(each.count - each.previous) + " new"
                                          : count;
    }
    std::string operator()(const events::selection_changed& each) const {
        return each.name.empty() ? "no mailbox is selected" : "in " + each.name;
    }
    std::string operator()(const events::recent& each) const {
        return std::to_string(each.count) + " recent";
    }
    std::string operator()(const events::expunged& each) const {
        return message_name(each.sequence_number, each.uid) + " is gone";
    }
    std::string operator()(const events::vanished& each) const {
        return "UIDs " + each.uids.to_string() + (each.earlier ? " were gone already" : " are gone");
    }
    std::string operator()(const events::flags_changed& each) const {
        return message_name(each.sequence_number, each.uid) + " has the flags (" + joined(each.flags) + ")";
    }
    std::string operator()(const events::mode_changed& each) const {
        return std::string("the mailbox is ") + (each.read_only ? "read-only" : "read-write") + " now";
    }
    std::string operator()(const events::mailbox_flags& each) const {
        return "the mailbox has the flags (" + joined(each.flags) + ")";
    }
    std::string operator()(const events::alert& each) const {
        return "ALERT" +
               std::string(each.authenticated ? "" : " (not over TLS: anybody may have written it)") + ": " +
               each.text;
    }
    std::string operator()(const events::notice& each) const {
        return "the server says " + each.status + (each.code.empty() ? "" : " [" + each.code + "]") +
               (each.text.empty() ? "" : " " + each.text);
    }
    std::string operator()(const events::bye& each) const { return "the server says goodbye: " + each.text; }
    std::string operator()(const events::capabilities_changed&) const {
        return "the capabilities have changed";
    }
    std::string operator()(const events::other_data& each) const { return each.bytes; }
    std::string operator()(const events::protocol_defect& each) const {
        return "the server breaks the protocol: " + each.what + ": " + each.bytes;
    }
    std::string operator()(const events::events_lost& each) const {
        return times(each.count, "event") + " lost";
    }
    std::string operator()(const events::closed& each) const {
        return "the connection is closed: " + each.reason.message();
    }
};

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    return text;
}

} // namespace

reporter::reporter(bool json, printer results, printer complaints)
    : json_(json), results_(std::move(results)), complaints_(std::move(complaints)), json_sink_(json_text_),
      json_decoder_(json_sink_) {
    set_terminal(painter(), 0);
}

void reporter::redirect(printer elsewhere) {
    elsewhere_ = std::move(elsewhere);
}

void reporter::print(std::string_view text) {
    if (!text.empty())
        elsewhere_ ? elsewhere_(text) : results_(text);
}

void reporter::set_terminal(const painter& paint, std::size_t width) {
    paint_ = paint;
    width_ = width;
    on_terminal_ = width != 0;
    text_sink_ = std::make_unique<text_sink>(paint, width);
    text_decoder_ = std::make_unique<header_decoder>(*text_sink_, header_decoder::raw_form::left_out);
}

void reporter::begin(std::string command) {
    command_ = std::move(command);
    started_ = std::chrono::steady_clock::now();
}

double reporter::milliseconds() const {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started_).count();
}

std::string reporter::elapsed() const {
    std::array<char, 32> room{};
    const double value = milliseconds();
    std::snprintf(room.data(), room.size(),
                  value < 10      ? "%.2f ms"
                  : value < 10000 ? "%.0f ms"
                                  : "%.0f s",
                  value < 10000 ? value : value / 1000);
    return room.data();
}

void reporter::print_json() {
    print(json_text_.take());
}

void reporter::open_object() {
    if (object_open_ || !json_)
        return;
    object_open_ = true;
    json_sink_.begin_object();
    field(json_sink_, "command", command_);
}

void reporter::close_object() {
    json_sink_.key("milliseconds");
    std::array<char, 32> room{};
    std::snprintf(room.data(), room.size(), "%.3f", milliseconds());
    json_sink_.literal(room.data());
    json_sink_.end_object();
    json_sink_.end_line();
    print_json();
    object_open_ = false;
}

value_sink& reporter::result() {
    if (!json_)
        return *text_decoder_;
    open_object();
    json_sink_.key("result");
    return json_decoder_;
}

void reporter::begin_rows() {
    rows_open_ = true;
    rows_ = 0;
    if (json_)
        result().begin_list();
    else
        text_sink_->begin_list();
}

value_sink& reporter::row() {
    if (rows_ != 0 && rows_ % rows_together == 0)
        flush_rows();
    ++rows_;
    return json_ ? static_cast<value_sink&>(json_decoder_) : *text_decoder_;
}

void reporter::flush_rows() {
    if (json_)
        return print_json();
    text_sink_->end_list();
    print(text_sink_->take());
    text_sink_->begin_list();
}

void reporter::end_rows() {
    if (!rows_open_)
        return;
    rows_open_ = false;
    if (json_)
        json_decoder_.end_list();
    else
        text_sink_->end_list();
}

void reporter::succeed() {
    end_rows();
    progress({});
    if (json_) {
        open_object();
        field(json_sink_, "ok", true);
        close_object();
    } else {
        print(text_sink_->take());
        if (on_terminal_)
            print(paint_.dim("ok, " + elapsed()) + "\n");
    }
    flush_events();
}

void reporter::fail(const problem& what) {
    end_rows();
    progress({});
    if (json_) {
        open_object();
        field(json_sink_, "ok", false);
        json_sink_.key("error");
        json_sink_.begin_object();
        field(json_sink_, "kind", what.kind);
        field(json_sink_, "message", what.text);
        if (!what.details.status.empty()) {
            field(json_sink_, "status", what.details.status);
            field(json_sink_, "code", what.details.response_code);
            field(json_sink_, "text", what.details.text);
        }
        field(json_sink_, "connection_usable", what.connection_usable);
        field(json_sink_, "exit_status", std::uint64_t(static_cast<unsigned>(what.status)));
        json_sink_.end_object();
        close_object();
    } else {
        print(text_sink_->take());
        // Whoever typed the command has it above; in a batch it is one of many.
        const std::string name = elsewhere_ ? std::string() : printable(command_) + ": ";
        const std::string text = paint_.red("failed: ") + name + what.text +
                                 (on_terminal_ ? paint_.dim(" (" + elapsed() + ")") : "") + "\n";
        elsewhere_ ? elsewhere_(text) : complaints_(text);
    }
    flush_events();
}

void reporter::show(const event& what) {
    if (object_open_ || rows_open_) {
        waiting_.push_back(what);
        return;
    }
    if (json_) {
        describe(json_sink_, what);
        json_sink_.end_line();
        print_json();
    } else {
        show_event_text(what);
    }
    if (std::holds_alternative<events::closed>(what) && on_closed_)
        on_closed_();
}

void reporter::flush_events() {
    while (!waiting_.empty()) {
        const event next = std::move(waiting_.front());
        waiting_.pop_front();
        show(next);
    }
}

void reporter::show_event_text(const event& what) {
    if (std::holds_alternative<events::capabilities_changed>(what))
        return; // nothing that a person would act on
    // What stands in a response of more lines is shown in one.
    const std::string text = printable(trimmed(std::visit(sentence(), what)));
    const bool urgent = std::holds_alternative<events::alert>(what) ||
                        std::holds_alternative<events::bye>(what) ||
                        std::holds_alternative<events::closed>(what);
    print((urgent ? paint_.yellow("* " + text) : paint_.green("* ") + text) + "\n");
}

void reporter::note(std::string_view text) {
    if (!json_)
        print(paint_.dim(printable(text)) + "\n");
}

void reporter::text(std::string_view lines) {
    if (json_)
        result().string(lines);
    else
        print(lines);
}

void reporter::progress(std::string_view text) {
    if (json_ || !on_terminal_ || (text.empty() && !progress_shown_))
        return;
    print("\r" + std::string(text) + "\x1b[K" + (text.empty() ? "\r" : ""));
    progress_shown_ = !text.empty();
}

} // namespace coimap::tools
