// Verbs that move messages between files and the server, in fixed memory.

#include "common/exit_status.hpp"
#include "repl/describe.hpp"
#include "repl/verbs/imap_words.hpp"
#include "repl/verbs/message_file.hpp"
#include "repl/verbs/verbs.hpp"

#include "coimap/core/ascii.hpp"

#include <array>
#include <limits>
#include <memory>

namespace coimap::tools {
namespace {

// How far a transfer has come; told now and then.
class meter {
public:
    meter(reporter& out, std::string what, std::uint64_t total)
        : out_(out), what_(std::move(what)), total_(total) {}

    void add(std::uint64_t octets) {
        done_ += octets;
        const auto now = std::chrono::steady_clock::now();
        if (now - shown_ < std::chrono::milliseconds(200))
            return;
        shown_ = now;
        std::string text = what_ + " " + readable_size(done_);
        if (total_ != 0)
            text += " of " + readable_size(total_) + " (" + std::to_string(done_ * 100 / total_) + " %)";
        out_.progress(text);
    }

private:
    reporter& out_;
    std::string what_;
    std::uint64_t total_;
    std::uint64_t done_ = 0;
    std::chrono::steady_clock::time_point shown_ = std::chrono::steady_clock::now();
};

struct upload {
    upload(const std::string& path, reporter& out) : source(path), progress(out, "sent", source.size()) {}

    asio::awaitable<std::size_t> read(std::span<char> room) {
        const std::size_t count = source.read(room);
        progress.add(count);
        co_return count;
    }

    message_source source;
    meter progress;
};

asio::awaitable<void> append(repl_context& context, word_list words) {
    mailbox_name name(words.take("MAILBOX").text);
    const std::string path = words.take("FILE").text;
    append_options options;
    const bool with_flags = !words.empty() && !words.peek().is("date");
    if (with_flags) {
        std::vector<word> given;
        if (words.peek().is("("))
            given = words.take_group();
        else
            while (!words.empty() && !words.peek().is("date"))
                given.push_back(words.take("a flag"));
        word_list flag_words("append", std::move(given));
        options.flags(take_flags(flag_words));
    }
    if (words.take_if("date"))
        options.date(parse_moment(words.take("a moment such as 2024-02-01T12:30:00+01:00").text));
    words.expect_end();

    const auto transfer = std::make_shared<upload>(path, context.out);
    append_source source = [transfer](std::span<char> room) { return transfer->read(room); };
    const std::optional<append_result> result = co_await context.connection.append(
        std::move(name), transfer->source.size(), std::move(source), options);
    if (result)
        describe(context.out.result(), *result);
}

// "message", "header", "1.2", "1.mime", "binary:1.2".
body_item parse_section(const std::string& text) {
    if (iequals(text, "message") || iequals(text, "all"))
        return items::message();
    constexpr std::string_view binary = "binary:";
    body_item item(istarts_with(text, binary) ? std::string_view(text).substr(binary.size()) : text);
    item.binary(istarts_with(text, binary));
    return item;
}

struct receiving {
    receiving(std::string path, reporter& out) : target(std::move(path)), progress(out, "received", 0) {}

    asio::awaitable<void> write(std::string_view octets) {
        target.write(octets);
        progress.add(octets.size());
        co_return;
    }

    message_target target;
    meter progress;
};

[[noreturn]] void refuse_missing(std::uint64_t uid, const std::string& section) {
    throw failure(exit_status::refused,
                  "there is no message with UID " + std::to_string(uid) + ", or it has no part " + section);
}

asio::awaitable<void> download(repl_context& context, word_list words) {
    const std::uint64_t uid = words.take_number("UID");
    const std::string section = words.take("SECTION, such as message, header or 1.2").text;
    std::string path = words.take("FILE").text;
    words.expect_end();
    if (uid == 0 || uid > std::numeric_limits<std::uint32_t>::max())
        throw usage_error("download: a UID is a number from 1 to 4294967295");
    body_item item = parse_section(section);
    coimap::mailbox& from = context.mailbox();

    const auto transfer = std::make_shared<receiving>(std::move(path), context.out);
    body_sink sink = [transfer](std::string_view octets) { return transfer->write(octets); };
    const std::optional<std::uint64_t> size =
        co_await from.download(static_cast<std::uint32_t>(uid), std::move(item), std::move(sink));
    if (!size)
        refuse_missing(uid, section);
    transfer->target.finish();
    value_sink& shown = context.out.result();
    shown.begin_object();
    field(shown, "octets", transfer->target.written());
    shown.end_object();
}

constexpr std::array verbs{
    verb{"append", "MAILBOX FILE [FLAG...] [date MOMENT]", "puts a message into a mailbox",
         "Line ends become CRLF on the way.\n"
         "append Drafts letter.eml \\Draft \\Seen\nappend Archive old.eml (\\Seen) date 2001-02-03T04:05:06Z",
         append, 1},
    verb{"download", "UID SECTION FILE", "writes a message, or a part of it, to a file",
         "SECTION is message, header, text, the number of a part as bodystructure shows it, or\n"
         "binary:NUMBER for a part that the server decodes. The file must not be there yet.\n"
         "download 17 message letter.eml\ndownload 17 binary:2 picture.jpg",
         download},
};

} // namespace

std::span<const verb> transfer_verbs() {
    return verbs;
}

} // namespace coimap::tools
