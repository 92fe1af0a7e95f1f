#pragma once
// A session_context made by hand, and what a test does with a command: write it, feed it responses, end it.

#include "coimap/session/capabilities.hpp"
#include "coimap/session/command.hpp"

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::test {

class fake_context : public session_context {
public:
    /// The capabilities, separated by spaces; and those that ENABLE has switched on.
    explicit fake_context(std::string_view words = "IMAP4rev1", std::string_view enabled_words = "")
        : enabled_(split(enabled_words)) {
        const auto names = split(words);
        const std::vector<std::string_view> views(names.begin(), names.end());
        caps_.assign(views);
    }

    const capabilities& caps() const noexcept override { return caps_; }
    std::string_view tag() const noexcept override { return "A1"; }
    std::uint32_t exists() const noexcept override { return exists_; }
    bool enabled(std::string_view capability) const noexcept override {
        for (const auto& each : enabled_)
            if (each == capability)
                return true;
        return false;
    }
    wire::kept_response keep(const wire::response& current) override {
        return wire::kept_response::parse(current.bytes, parse_options());
    }

    fake_context& with_exists(std::uint32_t count) {
        exists_ = count;
        return *this;
    }

    wire::writer_options writer_options;

    wire::parse_options parse_options() const {
        wire::parse_options options;
        options.utf8_names = enabled("UTF8=ACCEPT") || enabled("IMAP4rev2");
        return options;
    }

    /// What would be sent, without the tag and the CRLF; or the error in angle brackets.
    std::string write(command& one) {
        wire::command_writer out("A1", writer_options);
        const auto refused = one.write(out, *this);
        auto encoded = std::move(out).finish();
        const auto failure = refused ? refused : encoded.error();
        if (failure)
            return "<" + failure.message() + ">";
        secret = encoded->secret;
        sync_points = encoded->sync_points.size();
        const std::string_view bytes = encoded->bytes;
        return std::string(bytes.substr(3, bytes.size() - 5));
    }

    /// Whether writing fails with this error.
    std::error_code failure(command& one) {
        wire::command_writer out("A1", writer_options);
        const auto refused = one.write(out, *this);
        return refused ? refused : std::move(out).finish().error();
    }

    claim feed(command& one, std::string_view line) {
        arena memory;
        bytes_ = std::string(line) + "\r\n";
        return one.on_untagged(wire::parse_response(bytes_, memory, parse_options()), *this);
    }

    std::error_code end(command& one, std::string_view line = "A1 OK done") {
        arena memory;
        bytes_ = std::string(line) + "\r\n";
        const auto response = wire::parse_response(bytes_, memory, parse_options());
        return one.on_tagged(response.state, *this);
    }

    bool secret = false;
    std::size_t sync_points = 0;

private:
    static std::vector<std::string> split(std::string_view words) {
        std::istringstream input{std::string(words)};
        std::vector<std::string> names;
        for (std::string word; input >> word;)
            names.push_back(word);
        return names;
    }

    capabilities caps_;
    std::vector<std::string> enabled_;
    std::uint32_t exists_ = 0;
    std::string bytes_;
};

inline std::ostream& operator<<(std::ostream& out, claim value) {
    constexpr const char* names[] = {"not_mine", "mine", "mine_and_event"};
    return out << names[static_cast<int>(value)];
}

} // namespace coimap::test

// Boost.Test looks for the operator where the type is.
namespace coimap {
using test::operator<<;
}
