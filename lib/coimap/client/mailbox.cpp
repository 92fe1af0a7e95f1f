#include "coimap/client/mailbox.hpp"

#include "coimap/client/fetch_operation.hpp"
#include "coimap/client/idling.hpp"
#include "coimap/net/connection.hpp"
#include "coimap/session/commands/check.hpp"
#include "coimap/session/commands/close.hpp"
#include "coimap/session/commands/move.hpp"
#include "coimap/session/commands/uid_expunge.hpp"
#include "coimap/session/commands/unselect.hpp"

namespace coimap {

namespace {

/// The connection of a handle that was not moved from.
const std::shared_ptr<connection>& connected(const std::shared_ptr<connection>& core) {
    if (!core)
        throw error(errc::stale_mailbox);
    return core;
}

} // namespace

mailbox::mailbox(std::shared_ptr<connection> core, std::uint64_t selection, mailbox_name name,
                 std::shared_ptr<const select_result> info)
    : core_(std::move(core)), selection_(selection), name_(std::move(name)), info_(std::move(info)) {}

pending mailbox::submit(std::shared_ptr<command> what) {
    return pending(connected(core_)->submit(std::move(what), selection_));
}

const select_result& mailbox::info() const noexcept {
    static const select_result none;
    return info_ ? *info_ : none;
}

bool mailbox::is_selected() const noexcept {
    return core_ && core_->session().mailbox() != nullptr && core_->session().selection() == selection_;
}

std::uint32_t mailbox::exists() const noexcept {
    return is_selected() ? core_->session().mailbox()->exists() : 0;
}

bool mailbox::read_only() const noexcept {
    return is_selected() ? core_->session().mailbox()->read_only() : info().read_only;
}

std::uint64_t mailbox::highest_modseq() const noexcept {
    return is_selected() ? core_->session().mailbox()->highest_modseq() : info().highest_modseq;
}

std::optional<std::uint32_t> mailbox::uid_of(std::uint32_t sequence_number) const noexcept {
    if (!is_selected())
        return std::nullopt;
    return core_->session().mailbox()->uids().uid_of(sequence_number);
}

asio::awaitable<std::vector<message>> mailbox::fetch(message_set messages, fetch_items items,
                                                     fetch_options options) {
    return execute(commands::fetch_command(std::move(messages), std::move(items), options));
}

fetch_stream mailbox::stream(message_set messages, fetch_items items, fetch_options options) {
    auto source = std::make_shared<fetch_operation>(connected(core_));
    auto what = std::make_shared<streaming_fetch>(source, std::move(messages), std::move(items), options,
                                                  std::nullopt);
    core_->submit(std::move(what), source, selection_);
    return fetch_stream(std::move(source));
}

namespace {

/// The FETCH is abandoned when the coroutine that takes its pieces goes away, or never starts.
asio::awaitable<std::optional<std::uint64_t>> pour([[maybe_unused]] pending interest,
                                                   std::shared_ptr<fetch_operation> source, body_sink sink) {
    std::optional<std::uint64_t> total;
    for (;;) {
        std::optional<fetch_operation::item> item = co_await source->next();
        if (!item)
            co_return total;
        if (auto* piece = std::get_if<body_piece>(&*item)) {
            total = total.value_or(0) + piece->octets.size();
            co_await sink(piece->octets);
            continue;
        }
        const message& one = std::get<message>(*item);
        if (one->sections.empty())
            continue;
        const body_section& section = one->sections.front();
        if (section.content) {
            total = total.value_or(0) + section.content->size();
            co_await sink(*section.content);
        } else if (section.streamed) {
            total = total.value_or(0);
        }
    }
}

} // namespace

asio::awaitable<std::optional<std::uint64_t>> mailbox::download(std::uint32_t uid, body_item part,
                                                                body_sink sink) {
    constexpr std::uint64_t keep_up_to = 16 * 1024;
    auto source = std::make_shared<fetch_operation>(connected(core_));
    auto what = std::make_shared<streaming_fetch>(
        source, uid_set(uid), items::uid | fetch_items(std::move(part)), fetch_options(), keep_up_to);
    core_->submit(std::move(what), source, selection_);
    return pour(pending(source), source, std::move(sink));
}

asio::awaitable<store_result> mailbox::add_flags(message_set messages, flag_set flags,
                                                 store_options options) {
    return execute(commands::store_command(std::move(messages), store_mode::add, std::move(flags), options));
}

asio::awaitable<store_result> mailbox::remove_flags(message_set messages, flag_set flags,
                                                    store_options options) {
    return execute(
        commands::store_command(std::move(messages), store_mode::remove, std::move(flags), options));
}

asio::awaitable<store_result> mailbox::set_flags(message_set messages, flag_set flags,
                                                 store_options options) {
    return execute(
        commands::store_command(std::move(messages), store_mode::replace, std::move(flags), options));
}

asio::awaitable<std::optional<copy_result>> mailbox::copy(message_set messages, mailbox_name to) {
    return execute(commands::copy_command(std::move(messages), std::move(to)));
}

namespace {

/// COPY, STORE, UID EXPUNGE: each only after the one before has succeeded, or messages would be lost.
asio::awaitable<std::optional<copy_result>> copy_and_expunge(mailbox here, message_set messages,
                                                             mailbox_name to) {
    std::optional<copy_result> copied = co_await here.copy(messages, std::move(to));
    uid_set sources;
    // Only what the server says it has copied may be removed: mail may have come into the set meanwhile.
    if (copied)
        sources = copied->source_uids();
    if (sources.empty()) {
        diagnostics details;
        details.operation = "MOVE";
        details.text = "the messages were copied, but the server did not tell which ones; none is removed";
        throw error(make_error_code(errc::not_supported), details);
    }
    const message_set moved(sources);
    const store_options quietly = store_options().silent();
    co_await here.add_flags(moved, flags::deleted, quietly);
    co_await here.uid_expunge(sources);
    co_return copied;
}

} // namespace

asio::awaitable<std::optional<copy_result>> mailbox::move(message_set messages, mailbox_name to) {
    const capabilities& caps = connected(core_)->session().caps();
    const bool has_move = caps.has("MOVE") || caps.is_rev2();
    if (!has_move && caps.has("UIDPLUS"))
        return copy_and_expunge(*this, std::move(messages), std::move(to));
    return execute(commands::move_command(std::move(messages), std::move(to)));
}

asio::awaitable<expunge_result> mailbox::expunge() {
    return execute(commands::expunge_command());
}

asio::awaitable<expunge_result> mailbox::uid_expunge(uid_set uids) {
    return execute(commands::uid_expunge_command(std::move(uids)));
}

asio::awaitable<search_result> mailbox::search(search_key key, search_options options) {
    return execute(commands::search_command(std::move(key), search_by::uid, std::move(options)));
}

asio::awaitable<search_result> mailbox::search_by_number(search_key key, search_options options) {
    return execute(commands::search_command(std::move(key), search_by::sequence_number, std::move(options)));
}

asio::awaitable<void> mailbox::check() {
    return execute(commands::check_command());
}
asio::awaitable<void> mailbox::close() {
    return execute(commands::close_command());
}
asio::awaitable<void> mailbox::unselect() {
    return execute(commands::unselect_command());
}

asio::awaitable<void> mailbox::idle() {
    return idle_on(connected(core_), selection_, event_handler());
}
asio::awaitable<void> mailbox::idle(event_handler handler) {
    return idle_on(connected(core_), selection_, std::move(handler));
}
asio::awaitable<event> mailbox::next_event() {
    return connection::next_event(connected(core_));
}

} // namespace coimap
