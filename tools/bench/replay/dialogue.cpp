#include "bench/replay/dialogue.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace coimap::tools::bench {
namespace {

constexpr std::string_view greeting =
    "* OK [CAPABILITY IMAP4rev1 SASL-IR LITERAL+ IDLE UIDPLUS ENABLE ID NAMESPACE AUTH=PLAIN] ready\r\n";
constexpr std::string_view capabilities =
    "* CAPABILITY IMAP4rev1 SASL-IR LITERAL+ IDLE UIDPLUS ENABLE ID NAMESPACE AUTH=PLAIN\r\n";

std::string upper(std::string_view text) {
    std::string made(text);
    for (char& c : made)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return made;
}

/// The first word of the text, which is cut off.
std::string_view take_word(std::string_view& text) {
    const std::size_t space = text.find(' ');
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
    return word;
}

std::size_t number_or_last(std::string_view text, std::size_t last) {
    std::size_t value = last;
    if (text != "*")
        std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

} // namespace

bool dialogue::read_more() {
    flush();
    in_.erase(0, taken_);
    taken_ = 0;
    char room[65536];
    const std::size_t got = peer_.read(room);
    in_.append(room, got);
    return got != 0;
}

std::string dialogue::next_line() {
    for (;;) {
        const std::size_t end = in_.find("\r\n", taken_);
        if (end != std::string::npos) {
            std::string line = in_.substr(taken_, end - taken_);
            taken_ = end + 2;
            // A literal in a command is taken to belong to the line; the peers send them for names at most.
            if (line.ends_with('}')) {
                const bool plus = line.ends_with("+}");
                std::size_t size = 0;
                const std::size_t open = line.rfind('{') + 1;
                std::from_chars(line.data() + open, line.data() + line.size(), size);
                if (!plus)
                    say("+ go on\r\n");
                while (in_.size() - taken_ < size)
                    if (!read_more())
                        throw std::runtime_error("the peer left within a literal");
                line.resize(open - 1);
                line += in_.substr(taken_, size);
                taken_ += size;
                return line + next_line();
            }
            return line;
        }
        if (!read_more())
            throw std::runtime_error("the peer left");
    }
}

dialogue::ending dialogue::run() {
    say(greeting);
    while (!leaving_ && !idles_)
        answer(next_line());
    flush();
    return idles_ ? ending::idles : ending::left;
}

void dialogue::flush() {
    if (out_.empty())
        return;
    peer_.write(out_);
    out_.clear();
}

void dialogue::done(std::string_view tag, std::string_view text) {
    out_.append(tag).append(" OK ").append(text).append("\r\n");
}

void dialogue::answer(std::string_view line) {
    const std::string_view tag = take_word(line);
    std::string verb = upper(take_word(line));
    if (verb == "UID")
        verb = upper(take_word(line));
    if (verb == "FETCH") {
        fetch(tag, line);
    } else if (verb == "SELECT" || verb == "EXAMINE") {
        select(tag, line);
    } else if (verb == "AUTHENTICATE") {
        authenticate(tag, line);
    } else if (verb == "CAPABILITY") {
        say(capabilities);
        done(tag);
    } else if (verb == "IDLE") {
        say("+ idling\r\n");
        idles_ = selected_idle_;
        idle_tag_ = tag;
        if (!idles_) {
            next_line(); // DONE
            done(tag);
        }
    } else if (verb == "LOGOUT") {
        say("* BYE\r\n");
        done(tag);
        leaving_ = true;
    } else if (verb == "LIST" || verb == "LSUB") {
        say("* " + verb + " () \"/\" INBOX\r\n");
        done(tag);
    } else if (verb == "NAMESPACE") {
        say("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n");
        done(tag);
    } else if (verb == "ID") {
        say("* ID NIL\r\n");
        done(tag);
    } else if (verb == "STATUS") {
        say("* STATUS " + std::string(take_word(line)) + " (MESSAGES 1 UIDNEXT 2 UNSEEN 0)\r\n");
        done(tag);
    } else if (verb == "SEARCH") {
        say("* SEARCH");
        for (std::size_t i = 1; selected_ != nullptr && i <= selected_->size(); ++i)
            say(" " + std::to_string(i));
        say("\r\n");
        done(tag);
    } else {
        done(tag);
    }
}

void dialogue::authenticate(std::string_view tag, std::string_view arguments) {
    take_word(arguments);
    if (arguments.empty()) {
        say("+ \r\n");
        next_line();
    }
    done(tag, "[CAPABILITY IMAP4rev1 LITERAL+ IDLE UIDPLUS ENABLE ID NAMESPACE] welcome");
}

void dialogue::select(std::string_view tag, std::string_view name) {
    while (name.starts_with('"') && name.size() > 1)
        name = name.substr(1, name.find('"', 1) - 1);
    const auto found = mailboxes_.find(name);
    selected_ = found == mailboxes_.end() ? nullptr : &found->second;
    selected_idle_ = name == "idle";
    const std::size_t exists = selected_ != nullptr ? selected_->size() : 1;
    say("* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"
        "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft \\*)] ok\r\n* " +
        std::to_string(exists) + " EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT " +
        std::to_string(exists + 1) + "] ok\r\n");
    done(tag, "[READ-WRITE] selected");
}

void dialogue::fetch(std::string_view tag, std::string_view arguments) {
    std::string_view set = take_word(arguments);
    flush();
    while (selected_ != nullptr && !set.empty()) {
        const std::size_t comma = set.find(',');
        const std::string_view range = set.substr(0, comma);
        set.remove_prefix(comma == std::string_view::npos ? set.size() : comma + 1);
        const std::size_t colon = range.find(':');
        const std::size_t first = number_or_last(range.substr(0, colon), selected_->size());
        const std::size_t last = colon == std::string_view::npos
                                     ? first
                                     : number_or_last(range.substr(colon + 1), selected_->size());
        peer_.write(selected_->slice(std::min(first, last), std::max(first, last)));
    }
    done(tag);
}

} // namespace coimap::tools::bench
