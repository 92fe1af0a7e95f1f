#include "coimap/client/client.hpp"

#include "coimap/client/idling.hpp"
#include "coimap/net/connection.hpp"
#include "coimap/session/commands/capability.hpp"
#include "coimap/session/commands/create.hpp"
#include "coimap/session/commands/delete.hpp"
#include "coimap/session/commands/enable.hpp"
#include "coimap/session/commands/examine.hpp"
#include "coimap/session/commands/logout.hpp"
#include "coimap/session/commands/lsub.hpp"
#include "coimap/session/commands/namespace.hpp"
#include "coimap/session/commands/noop.hpp"
#include "coimap/session/commands/raw.hpp"
#include "coimap/session/commands/rename.hpp"
#include "coimap/session/commands/status.hpp"
#include "coimap/session/commands/subscribe.hpp"
#include "coimap/session/commands/unsubscribe.hpp"

namespace coimap {

namespace {

void let_go(const std::shared_ptr<connection>& core) noexcept {
    if (!core)
        return;
    // What the handler refers to may be on its way out, too.
    core->set_handler({});
    core->close(make_error_code(errc::closed));
}

/// The connection of a client that was not moved from.
const std::shared_ptr<connection>& connected(const std::shared_ptr<connection>& core) {
    if (!core)
        throw error(errc::closed);
    return core;
}

} // namespace

client::client(std::shared_ptr<connection> core, bool allow_cleartext) noexcept
    : core_(std::move(core)), allow_cleartext_(allow_cleartext) {}

client::client(client&&) noexcept = default;

client& client::operator=(client&& other) noexcept {
    if (this != &other) {
        let_go(core_);
        core_ = std::move(other.core_);
        allow_cleartext_ = other.allow_cleartext_;
    }
    return *this;
}

client::~client() {
    let_go(core_);
}

void client::close() noexcept {
    if (core_)
        core_->close(make_error_code(errc::closed));
}

pending client::submit(std::shared_ptr<command> what) {
    return pending(connected(core_)->submit(std::move(what)));
}

const capabilities& client::caps() const noexcept {
    return core_->session().caps();
}
bool client::is_open() const noexcept {
    return core_ && !core_->session().failed() && !core_->session().finished();
}
bool client::is_idling() const noexcept {
    return core_ && core_->session().idle_state() == idle_machine::state::idling;
}
bool client::is_secure() const noexcept {
    return core_->session().options().secure;
}
session_state client::state() const noexcept {
    return core_->session().state();
}
std::string client::tls_description() const {
    return core_->description();
}

// ---------------------------------------------------------------------------------------------------------------
// one command each

asio::awaitable<capabilities> client::capability() {
    return execute(commands::capability_command());
}
asio::awaitable<void> client::noop() {
    return execute(commands::noop_command());
}

asio::awaitable<std::vector<std::string>> client::enable(std::vector<std::string> names) {
    return execute(commands::enable_command(std::move(names)));
}
asio::awaitable<std::vector<std::string>> client::enable(std::string name) {
    return execute(commands::enable_command(std::move(name)));
}

bool client::is_enabled(std::string_view capability) const noexcept {
    return core_ && core_->session().enabled(capability);
}

asio::awaitable<kept<id_data>> client::id(id_parameters parameters) {
    return execute(commands::id_command(std::move(parameters)));
}

asio::awaitable<void> client::create(mailbox_name name) {
    return execute(commands::create_command(std::move(name)));
}
asio::awaitable<void> client::remove(mailbox_name name) {
    return execute(commands::delete_command(std::move(name)));
}
asio::awaitable<void> client::rename(mailbox_name from, mailbox_name to) {
    return execute(commands::rename_command(std::move(from), std::move(to)));
}
asio::awaitable<void> client::subscribe(mailbox_name name) {
    return execute(commands::subscribe_command(std::move(name)));
}
asio::awaitable<void> client::unsubscribe(mailbox_name name) {
    return execute(commands::unsubscribe_command(std::move(name)));
}

asio::awaitable<std::vector<mailbox_entry>> client::list(std::string pattern, list_options options) {
    return list(mailbox_name(), std::move(pattern), options);
}
asio::awaitable<std::vector<mailbox_entry>> client::list(mailbox_name reference, std::string pattern,
                                                         list_options options) {
    return execute(commands::list_command(std::move(reference), std::move(pattern), options));
}
asio::awaitable<std::vector<mailbox_entry>> client::lsub(std::string pattern) {
    return execute(commands::lsub_command(mailbox_name(), std::move(pattern)));
}

asio::awaitable<kept<namespace_data>> client::namespaces() {
    return execute(commands::namespace_command());
}

asio::awaitable<status_values> client::status(mailbox_name name, status_items items) {
    return execute(commands::status_command(std::move(name), items));
}

asio::awaitable<std::vector<wire::kept_response>> client::raw(std::string line) {
    return execute(commands::raw_command(std::move(line)));
}

// ---------------------------------------------------------------------------------------------------------------
// SELECT

namespace {

asio::awaitable<mailbox> open(std::shared_ptr<connection> core, pending under_way,
                              std::shared_ptr<commands::select_command> what) {
    co_await under_way.wait();
    auto info = std::make_shared<const select_result>(what->take_result());
    mailbox opened(std::move(core), under_way.selection(), what->mailbox(), std::move(info));
    co_return opened;
}

} // namespace

asio::awaitable<mailbox> client::select(mailbox_name name, select_options options) {
    auto what = std::make_shared<commands::select_command>(std::move(name), std::move(options));
    return open(core_, submit(what), what);
}

asio::awaitable<mailbox> client::examine(mailbox_name name, select_options options) {
    auto what = std::make_shared<commands::examine_command>(std::move(name), std::move(options));
    return open(core_, submit(what), what);
}

// ---------------------------------------------------------------------------------------------------------------
// APPEND

asio::awaitable<std::optional<append_result>> client::append(mailbox_name name, std::string octets,
                                                             append_options options) {
    return execute(commands::append_command(std::move(name), std::move(octets), std::move(options)));
}

namespace {

asio::awaitable<std::optional<append_result>>
pump_source(std::shared_ptr<connection> core, std::shared_ptr<operation> op, pending under_way,
            std::shared_ptr<commands::append_stream_command> what, append_source source) {
    std::vector<char> piece(64 * 1024);
    for (;;) {
        const std::optional<std::uint64_t> wanted = co_await core->payload_room(op);
        if (!wanted)
            break;
        const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), *wanted));
        const std::span<char> room(piece.data(), most);
        const std::size_t count = co_await source(room);
        if (count == 0) {
            diagnostics details;
            details.operation = "APPEND";
            details.text = "the source ended " + std::to_string(*wanted) + " octets early";
            details.connection_usable = false;
            core->close(make_error_code(errc::closed));
            throw error(make_error_code(errc::invalid_argument), details);
        }
        core->feed(*op, std::string_view(piece.data(), std::min(count, most)));
    }
    co_await under_way.wait();
    co_return what->take_result();
}

} // namespace

asio::awaitable<std::optional<append_result>> client::append(mailbox_name name, std::uint64_t size,
                                                             append_source source, append_options options) {
    auto what = std::make_shared<commands::append_stream_command>(std::move(name), size, std::move(options));
    const std::shared_ptr<operation> op = connected(core_)->submit(what);
    return pump_source(core_, op, pending(op), what, std::move(source));
}

// ---------------------------------------------------------------------------------------------------------------
// events

namespace {

asio::awaitable<void> say_goodbye(std::shared_ptr<connection> core, pending under_way) {
    try {
        co_await under_way.wait();
    } catch (const error& problem) {
        // The connection was to end anyway; only a cancellation is the caller's business.
        if (problem.kind() == error_kind::cancelled)
            throw;
    }
    core->close(make_error_code(errc::closed));
}

} // namespace

asio::awaitable<void> client::logout() {
    return say_goodbye(core_, submit(std::make_shared<commands::logout_command>()));
}

asio::awaitable<void> client::idle() {
    return idle_on(connected(core_), 0, event_handler());
}
asio::awaitable<void> client::idle(event_handler handler) {
    return idle_on(connected(core_), 0, std::move(handler));
}
asio::awaitable<event> client::next_event() {
    return connection::next_event(connected(core_));
}
std::optional<event> client::poll_event() {
    return connected(core_)->poll_event();
}
void client::on_event(event_handler handler) {
    connected(core_)->set_handler(std::move(handler));
}

} // namespace coimap
