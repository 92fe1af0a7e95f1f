#pragma once
// A command: how it is written, which untagged responses are its own, and what it yields. One file a command
// in commands/; a program's own command is one more class of this kind and needs no change to the library.

#include "coimap/core/error.hpp"
#include "coimap/session/pipelining.hpp"
#include "coimap/session/state.hpp"
#include "coimap/wire/command_writer.hpp"
#include "coimap/wire/kept.hpp"
#include "coimap/wire/response.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace coimap {

class capabilities;

/// What an OK to a command changes in the session.
enum class transition : std::uint8_t {
    none,
    authenticates, ///< LOGIN, AUTHENTICATE: authenticated, and the capabilities are forgotten
    selects,       ///< SELECT, EXAMINE: selected; a NO means that nothing is selected any more
    deselects,     ///< CLOSE, UNSELECT
    starts_tls,    ///< STARTTLS: the stream changes under the session
    logs_out,      ///< LOGOUT: BYE is expected
};

/// What a command makes of an untagged response.
enum class claim : std::uint8_t {
    not_mine,       ///< the next command in flight is asked, at last the event queue
    mine,           ///< it is this command's answer: no event is made of it
    mine_and_event, ///< it is, and whoever watches the mailbox should know too
};

/// What of the session a command may look at while it is written and answered.
class session_context {
public:
    virtual ~session_context() = default;
    virtual const capabilities& caps() const noexcept = 0;
    virtual std::string_view tag() const noexcept = 0; ///< of this command
    virtual std::uint32_t exists() const noexcept = 0; ///< messages in the selected mailbox
    virtual bool enabled(std::string_view capability) const noexcept = 0; ///< by ENABLE
    /// Keeps the response that is being dispatched: its octets and values in a block of their own.
    virtual wire::kept_response keep(const wire::response& current) = 0;
};

/// What to answer to the server's `+`.
struct continuation_reply {
    std::optional<std::string> line; ///< to be sent, CRLF is added; nothing: the `+` is not this command's
    bool secret = true;
    std::error_code failure; ///< ends the command with this error once the server has answered
};

class command {
public:
    virtual ~command() = default;

    /// As the RFC writes it, for diagnostics: "UID FETCH".
    virtual std::string_view name() const noexcept = 0;

    virtual pipelining_traits traits() const noexcept = 0;

    /// What changes when the server says OK.
    virtual coimap::transition transition() const noexcept { return coimap::transition::none; }

    /// The mailbox that it selects, in UTF-8; for the event that says so.
    virtual std::string selected_name() const { return {}; }

    /// Writes everything behind the tag and its space, without the CRLF. Called once, at the call (not at
    /// co_await); an error (writer or returned) means that nothing is sent. Capability checks belong here:
    /// errc::not_supported.
    virtual std::error_code write(wire::command_writer& out, const session_context& context) = 0;

    /// Whether it may be under way together with an earlier command of its family.
    virtual bool overlaps_safely(const command& earlier) const noexcept {
        (void)earlier;
        return false;
    }

    /// Called for each untagged response while the command is under way, oldest command first.
    virtual claim on_untagged(const wire::response& response, session_context& context) {
        (void)response, (void)context;
        return claim::not_mine;
    }

    /// Nobody waits for the answer any more: what was collected is freed and what comes is dropped, but
    /// claims stay as they are, so that no other command is given this one's data.
    virtual void on_abandoned() noexcept {}

    /// Called for a `+` that no literal of the command awaits.
    virtual continuation_reply on_continuation(std::string_view text) {
        (void)text;
        return {};
    }

    /// The line that asks the server to give up early (`*` for AUTHENTICATE); nothing where there is none.
    virtual std::optional<std::string_view> abort_line() const noexcept { return std::nullopt; }

    /// The tagged answer, whatever it says. An error returned here is the command's, in place of the one that
    /// follows from NO or BAD.
    virtual std::error_code on_tagged(const wire::status_response& state, session_context& context) {
        (void)state, (void)context;
        return {};
    }

    /// Whether errors after an OK condemn the connection (SCRAM: the server is not who it claims to be).
    virtual bool fatal_on_error() const noexcept { return false; }

    /// The server's words in an error may repeat what was sent: these octets are masked there.
    virtual std::string mask_secrets(std::string_view text) const { return std::string(text); }

    /// Whether its answer is kept until it is complete, so that limits::collected bounds it.
    virtual bool collects() const noexcept { return true; }

    /// Whether literals of more than so many octets in its FETCH responses go out piece by piece
    /// (on_literal_*) instead of being kept. Nothing: never.
    virtual std::optional<std::uint64_t> streams_literals_over() const noexcept { return std::nullopt; }

    /// A literal is about to be streamed. `head` is the response as far as it has come (its FETCH data so
    /// far, the last section is the one that streams). false: it is not this command's, or not wanted.
    virtual bool on_literal_begin(const wire::response& head, std::uint64_t size, session_context& context) {
        (void)head, (void)size, (void)context;
        return false;
    }
    virtual void on_literal_data(std::string_view octets) { (void)octets; }
    virtual void on_literal_end() {}

    /// Whether reading from the server should pause since the application has not taken what has come.
    virtual bool congested() const noexcept { return false; }
};

/// A command that yields a value: what `client::execute` takes.
template<class T>
class command_of : public command {
public:
    using result_type = T;

    /// The value, after the tagged OK. Called once.
    virtual T take_result() = 0;
};

template<>
class command_of<void> : public command {
public:
    using result_type = void;
    void take_result() {}
};

} // namespace coimap
