#pragma once
// A connection to an IMAP server, as awaitables.
//
// Every function that sends a command does so at the call: the command is encoded and queued, its arguments
// need not outlive the call. What it returns is awaited for the outcome. Two calls and then two awaits
// overlap in one round trip; what the RFC forbids to overlap is held back by itself. Dropping what was
// returned abandons the command.
//
// Errors: the awaitables throw coimap::error (core/error.hpp). NO and BAD leave the connection usable.
// Cancellation: of any type, at any time; the awaiting side gets operation_aborted. A command not yet sent is
// removed. One that was sent is answered to nobody and the connection stays usable. AUTHENTICATE is ended
// with `*`, idle() with DONE. A timeout is a race: `co_await with_timeout(client.noop(), 5s)` (race.hpp).
// Threads: a connection belongs to one executor and must be used from there only; on an io_context that runs
// in several threads that is a strand. Lifetimes: the client is movable, and may be destroyed at any time:
// whatever is under way then ends with errc::closed, as it does when another client is assigned to it. One
// that was moved from is not open and throws errc::closed.

#include "coimap/client/mailbox.hpp"
#include "coimap/client/options.hpp"
#include "coimap/client/pending.hpp"
#include "coimap/core/secret.hpp"
#include "coimap/model/mailbox_name.hpp"
#include "coimap/session/capabilities.hpp"
#include "coimap/session/command.hpp"
#include "coimap/session/commands/append.hpp"
#include "coimap/session/commands/id.hpp"
#include "coimap/session/commands/list.hpp"
#include "coimap/session/commands/select.hpp"
#include "coimap/session/commands/status_items.hpp"
#include "coimap/session/event.hpp"
#include "coimap/wire/responses/namespace.hpp"

#include <asio/awaitable.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coimap {

class connection;
class stream;

namespace sasl {
class credentials;
class mechanism;
class mechanism_registry;
} // namespace sasl

/// Brings the octets of a message piece by piece: fills the room and says how many; 0 at the end.
using append_source = std::function<asio::awaitable<std::size_t>(std::span<char>)>;

class client {
public:
    /// No connection: as after being moved from. Only assigning, destroying and is_open() are of use then.
    client() noexcept = default;

    client(client&&) noexcept;
    client& operator=(client&&) noexcept;
    ~client(); ///< closes the connection

    // --- session (RFC 9051 sections 6.1 and 6.2)
    // ----------------------------------------------------------------

    /// What the server can do, as far as it has told. capability() asks it.
    const capabilities& caps() const noexcept;
    asio::awaitable<capabilities> capability();

    asio::awaitable<void> noop();

    /// Says goodbye and closes. Ends after a bounded time whatever the server does; not an error then.
    asio::awaitable<void> logout();

    /// LOGIN. Throws errc::login_disabled where the server forbids it and errc::cleartext_refused without
    /// TLS, both before anything is sent; errc::authentication_failed when the server refuses. Asks for the
    /// capabilities anew.
    asio::awaitable<void> login(std::string user, secret password);

    /// AUTHENTICATE by the strongest mechanism that the server has and the credentials allow, or by the one
    /// named; LOGIN where the server has no mechanism. Errors as above, and errc::no_mechanism,
    /// errc::server_not_authentic (the connection is closed then).
    asio::awaitable<void> authenticate(sasl::credentials who, std::string mechanism = {});

    /// The same, choosing among mechanisms of the program's own.
    asio::awaitable<void> authenticate(sasl::credentials who, const sasl::mechanism_registry& among,
                                       std::string mechanism = {});

    /// ENABLE (RFC 5161): what was enabled.
    asio::awaitable<std::vector<std::string>> enable(std::vector<std::string> names);
    asio::awaitable<std::vector<std::string>> enable(std::string name);
    bool is_enabled(std::string_view capability) const noexcept; ///< on this connection

    /// ID (RFC 2971): tells who asks, and is told who answers.
    asio::awaitable<kept<id_data>> id(id_parameters parameters = {});

    // --- mailboxes (RFC 9051 section 6.3)
    // -----------------------------------------------------------------------

    /// Opens a mailbox. A handle to the one that was open before dies at once.
    asio::awaitable<mailbox> select(mailbox_name name, select_options options = select_options());
    asio::awaitable<mailbox> examine(mailbox_name name, select_options options = select_options());

    asio::awaitable<void> create(mailbox_name name);
    asio::awaitable<void> remove(mailbox_name name); ///< DELETE
    asio::awaitable<void> rename(mailbox_name from, mailbox_name to);
    asio::awaitable<void> subscribe(mailbox_name name);
    asio::awaitable<void> unsubscribe(mailbox_name name);
    asio::awaitable<std::vector<mailbox_entry>> list(std::string pattern = "*",
                                                     list_options options = list_options());
    asio::awaitable<std::vector<mailbox_entry>> list(mailbox_name reference, std::string pattern,
                                                     list_options options = list_options());
    asio::awaitable<std::vector<mailbox_entry>> lsub(std::string pattern = "*");
    asio::awaitable<kept<namespace_data>> namespaces();
    asio::awaitable<status_values> status(mailbox_name name, status_items items);

    /// APPEND: where the message is, if the server tells (UIDPLUS).
    asio::awaitable<std::optional<append_result>> append(mailbox_name name, std::string octets,
                                                         append_options options = append_options());

    /// The same from a source, in fixed memory. The size must be known beforehand, and a source that ends
    /// early or throws costs the connection: a literal cannot be taken back.
    asio::awaitable<std::optional<append_result>> append(mailbox_name name, std::uint64_t size,
                                                         append_source source,
                                                         append_options options = append_options());

    // --- events
    // -------------------------------------------------------------------------------------------------

    /// Idles (RFC 2177) until it is cancelled: the awaitable ends after DONE was sent and answered, and
    /// everything that the server told before that is delivered. Without the capability it polls with NOOP.
    /// Renews itself. Other commands may be awaited meanwhile: it steps aside for them. NO or BAD from the
    /// server is an error, and the connection usable. Events go to next_event(), or to the handler of this
    /// call.
    asio::awaitable<void> idle();

    /// The handler is called on the connection's executor, one event after the other, never from within the
    /// reader. What it throws ends idle() (gracefully) and is thrown from it.
    asio::awaitable<void> idle(event_handler handler);

    /// The next event, whether idling or not. Cancelling it loses nothing. One coroutine at a time.
    asio::awaitable<event> next_event();
    std::optional<event> poll_event();

    /// Called for every event from now on, also while commands run; idle(handler) takes precedence. An empty
    /// one: events wait for next_event() again. It should not throw: one that does is removed. Not called
    /// once the client is destroyed.
    void on_event(event_handler handler);

    // --- everything else
    // ----------------------------------------------------------------------------------------

    /// Any command, the library's or the program's own: a class derived from command_of<T>.
    template<std::derived_from<command> Command>
    asio::awaitable<typename Command::result_type> execute(Command what) {
        auto held = std::make_shared<Command>(std::move(what));
        return result_of<Command>(submit(held), held);
    }

    /// One line as it is, without tag and CRLF; refused when it could be more than one command. What the
    /// server answered without being understood by a type of its own is in the result.
    asio::awaitable<std::vector<wire::kept_response>> raw(std::string line);

    /// Closes at once.
    void close() noexcept;

    bool is_open() const noexcept;
    bool is_idling() const noexcept; ///< IDLE is under way: the server has said `+`, and pushes what happens
    bool is_secure() const noexcept; ///< octets travel over TLS
    session_state state() const noexcept;
    std::string tls_description() const; ///< "TLSv1.3, TLS_AES_256_GCM_SHA384" or "clear"

    /// For code of the library.
    explicit client(std::shared_ptr<connection> core, bool allow_cleartext) noexcept;

private:
    pending submit(std::shared_ptr<command> what);

    std::shared_ptr<connection> core_;
    bool allow_cleartext_ = false;
};

/// Connects to `imaps://host[:port]` (TLS) or `imap://host[:port]` (STARTTLS demanded). With tls_mode::none
/// in the options, `imap://` is in the clear. Not logged in. Throws coimap::error.
asio::awaitable<client> connect(std::string url, connect_options options = connect_options());
asio::awaitable<client> connect(std::string host, std::uint16_t port,
                                connect_options options = connect_options());

/// Runs a program that speaks IMAP on its standard input and output, found by PATH, without a shell:
/// `{"ssh", "mail.example.org", "/usr/lib/dovecot/imap"}`. Most of them are authenticated when they begin
/// (PREAUTH). What protects the way is the program's business: no TLS but STARTTLS, when the options demand
/// it, and credentials are sent without it only if they allow that. See process_stream for how it ends.
/// Throws coimap::error: what the system says when the program cannot be run, and as the other forms.
asio::awaitable<client> connect_by_command(std::vector<std::string> command,
                                           connect_options options = connect_options());

/// Speaks IMAP over a stream that is connected already; TLS as the options say, the host for its
/// verification.
asio::awaitable<client> connect(std::unique_ptr<stream> transport, std::string host,
                                connect_options options = connect_options());

} // namespace coimap
