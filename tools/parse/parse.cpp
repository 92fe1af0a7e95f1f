#include "parse/parse.hpp"

#include "common/arguments.hpp"
#include "common/forwarding_sink.hpp"
#include "common/header_decoder.hpp"
#include "common/json_sink.hpp"
#include "parse/reader.hpp"

#include "coimap/core/arena.hpp"
#include "coimap/core/number.hpp"
#include "coimap/wire/response.hpp"

#include <array>
#include <cstdio>
#include <unistd.h>

namespace coimap::tools {
namespace {

constexpr std::array options{
    option{"strict", 0, "",
           "Count deviations from the grammar as errors: they are shown all\n"
           "the same, and the exit status is 65."},
    option{"utf8", 0, "", "Mailbox names are UTF-8 (UTF8=ACCEPT, IMAP4rev2), not modified UTF-7."},
    option{"offsets", 0, "",
           "Add to each object where the response begins in the input (`offset`,\n"
           "counted in octets from 0) and how many octets it has (`length`)."},
    option{"raw", 0, "",
           "Leave header fields as they were sent: no encoded word and no date is\n"
           "decoded."},
    option{"max-literal", 0, "OCTETS",
           "The largest literal that is shown (64 MiB); a larger one is an error\n"
           "and is skipped."},
};

constexpr synopsis about{
    "coimap parse [options] < FILE",
    "Reads the octets that an IMAP server sent (responses with CRLF line ends and\n"
    "literals) and prints one JSON object a response, in order, with every value\n"
    "typed. The memory that it needs does not grow with the input.\n"
    "\n"
    "Mailbox names are shown as UTF-8. In envelopes encoded words are decoded and\n"
    "dates are ISO 8601; where that changed something, the octets as sent follow\n"
    "under a key with `_raw` behind it. A string that is not UTF-8 is an object\n"
    "{\"octets\":BASE64,\"text\":RENDERING}.\n"
    "\n"
    "Deviations that were tolerated stand in `defects`, each as\n"
    "{\"rule\":NAME,\"offset\":NUMBER,\"bytes\":TEXT}: which rule was broken, how many\n"
    "octets behind the beginning of its response, and what stood there. Added to the\n"
    "response's own `offset`, which --offsets shows, that is the place in the input.\n"
    "\n"
    "What cannot be a response, and an input that ends inside one, is\n"
    "{\"error\":TEXT,\"offset\":NUMBER,\"bytes\":TEXT}, where `offset` is the place in the\n"
    "input; reading goes on with the next response.",
    options,
    "Examples:\n"
    "  printf '* 2 EXISTS\\r\\n' | coimap parse\n"
    "  coimap parse < session.log | jq 'select(.type == \"fetch\") | .uid'\n"
    "  coimap parse --strict --offsets < server.out\n"
    "\n"
    "Exit status: 0 when nothing was an error, 65 otherwise, 64 for a wrong command\n"
    "line, 74 when the input or the output failed, 141 (SIGPIPE) when nobody reads\n"
    "the output any more.",
};

// Adds the place of the response to its object.
class position_sink final : public forwarding_sink {
public:
    position_sink(value_sink& target, const piece& source) : forwarding_sink(target), source_(source) {}

    void begin_object() override {
        ++depth_;
        target_.begin_object();
    }
    void end_object() override {
        if (--depth_ == 0) {
            field(target_, "offset", source_.offset);
            field(target_, "length", std::uint64_t{source_.bytes.size()});
        }
        target_.end_object();
    }

private:
    const piece& source_;
    int depth_ = 0;
};

class parse_command {
public:
    parse_command(const arguments& given, const coimap::limits& limits)
        : strict_(given.has("strict")), offsets_(given.has("offsets")), raw_(given.has("raw")),
          input_(STDIN_FILENO, limits), out_(STDOUT_FILENO), json_(out_), decoder_(json_) {
        options_.limits = limits;
        options_.utf8_names = given.has("utf8");
    }

    exit_status run() {
        for (;;) {
            const piece next = input_.next();
            switch (next.type) {
            case piece::kind::end:
                out_.flush();
                return status_;
            case piece::kind::error:
                show_error(next, next.error);
                break;
            case piece::kind::response:
                show_response(next);
                break;
            }
        }
    }

private:
    // Lines with nothing in them are passed over, as clients do.
    static bool is_blank(std::string_view bytes) noexcept {
        return bytes.find_first_not_of(std::string_view("\0\r\n", 3)) == std::string_view::npos;
    }

    void show_response(const piece& source) {
        if (!strict_ && is_blank(source.bytes))
            return;
        memory_.reset();
        const wire::response response = wire::parse_response(source.bytes, memory_, options_);
        if (response.type == wire::response::kind::unreadable) {
            std::string reason("this is no response");
            for (const wire::defect& each : response.defects)
                reason.append(": ").append(each.rule);
            return show_error(source, reason);
        }
        if (strict_ && !response.defects.empty())
            status_ = exit_status::data;
        value_sink& sink = raw_ ? static_cast<value_sink&>(json_) : decoder_;
        position_sink positioned(sink, source);
        if (offsets_)
            describe(positioned, response);
        else
            describe(sink, response);
        json_.end_line();
    }

    void show_error(const piece& source, std::string_view reason) {
        constexpr std::size_t most = 1000; // octets that are shown of what could not be read
        status_ = exit_status::data;
        json_.begin_object();
        field(json_, "error", reason);
        field(json_, "offset", source.offset);
        field(json_, "bytes", source.bytes.substr(0, most));
        json_.end_object();
        json_.end_line();
    }

    bool strict_;
    bool offsets_;
    bool raw_;
    wire::parse_options options_;
    reader input_;
    output out_;
    json_sink json_;
    header_decoder decoder_;
    arena memory_;
    exit_status status_ = exit_status::ok;
};

} // namespace

exit_status run_parse(std::span<const std::string_view> words) {
    const arguments given(about, words);
    if (given.has("help")) {
        std::fputs(help_text(about).c_str(), stdout);
        return exit_status::ok;
    }
    if (!given.positionals().empty())
        throw usage_error("the input comes on standard input: coimap parse < FILE");
    coimap::limits limits;
    if (const auto most = given.value("max-literal")) {
        const auto octets = parse_number(*most);
        if (!octets)
            throw usage_error("--max-literal takes a number of octets");
        limits.literal = *octets;
        limits.response = std::max(limits.response, *octets * 2);
    }
    return parse_command(given, limits).run();
}

} // namespace coimap::tools
