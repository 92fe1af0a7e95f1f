#pragma once
// The selected mailbox (RFC 9051 section 6.4). See client.hpp for what holds of every awaitable.

#include "coimap/client/fetch_stream.hpp"
#include "coimap/client/pending.hpp"
#include "coimap/model/fetch_items.hpp"
#include "coimap/model/message_set.hpp"
#include "coimap/model/search_key.hpp"
#include "coimap/session/command.hpp"
#include "coimap/session/commands/copy.hpp"
#include "coimap/session/commands/expunge.hpp"
#include "coimap/session/commands/fetch.hpp"
#include "coimap/session/commands/search.hpp"
#include "coimap/session/commands/select.hpp"
#include "coimap/session/commands/store.hpp"
#include "coimap/session/event.hpp"

#include <asio/awaitable.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace coimap {

class connection;
/// Takes the octets of a body piece by piece; they are valid until it returns.
using body_sink = std::function<asio::awaitable<void>(std::string_view)>;

/// A handle, cheap to copy. It dies when its mailbox is no longer the selected one (another SELECT, CLOSE,
/// UNSELECT, the end of the connection): what is asked of it then is errc::stale_mailbox, and nothing is
/// sent. So a UID can never be taken for one of another mailbox. It does not keep the client alive.
class mailbox {
public:
    /// No mailbox: only assigning, destroying and is_selected() are of use then.
    mailbox() = default;

    /// What SELECT told; not kept up to date.
    const select_result& info() const noexcept;
    const mailbox_name& name() const noexcept { return name_; }

    bool is_selected() const noexcept;
    std::uint32_t exists() const noexcept;                                             ///< now
    bool read_only() const noexcept;                                                   ///< now
    std::uint64_t highest_modseq() const noexcept;                                     ///< the highest seen
    std::optional<std::uint32_t> uid_of(std::uint32_t sequence_number) const noexcept; ///< where it is known

    // FETCH. A uid_set makes it UID FETCH. The messages own their octets.
    asio::awaitable<std::vector<message>> fetch(message_set messages, fetch_items items,
                                                fetch_options options = fetch_options());

    /// One after the other as they come, with back-pressure: for more messages than memory should hold.
    fetch_stream stream(message_set messages, fetch_items items, fetch_options options = fetch_options());

    /// One body to a sink, in fixed memory; how many octets. Nothing when there is no such message or part.
    asio::awaitable<std::optional<std::uint64_t>> download(std::uint32_t uid, body_item part, body_sink sink);

    // STORE. `add_flags(uids, flags::seen)`.
    asio::awaitable<store_result> add_flags(message_set messages, flag_set flags,
                                            store_options options = store_options());
    asio::awaitable<store_result> remove_flags(message_set messages, flag_set flags,
                                               store_options options = store_options());
    asio::awaitable<store_result> set_flags(message_set messages, flag_set flags,
                                            store_options options = store_options());

    asio::awaitable<std::optional<copy_result>> copy(message_set messages, mailbox_name to);

    /// MOVE (RFC 6851). Without it COPY, STORE \Deleted and UID EXPUNGE, where UIDPLUS makes that safe; else
    /// errc::not_supported, since EXPUNGE would take other messages along.
    asio::awaitable<std::optional<copy_result>> move(message_set messages, mailbox_name to);

    asio::awaitable<expunge_result> expunge();
    asio::awaitable<expunge_result> uid_expunge(uid_set uids); ///< UIDPLUS

    /// By UID unless asked otherwise.
    asio::awaitable<search_result> search(search_key key, search_options options = search_options());
    asio::awaitable<search_result> search_by_number(search_key key,
                                                    search_options options = search_options());

    asio::awaitable<void> check();
    asio::awaitable<void> close();    ///< and expunges what is marked deleted
    asio::awaitable<void> unselect(); ///< and does not (RFC 3691)

    // As of the client.
    asio::awaitable<void> idle();
    asio::awaitable<void> idle(event_handler handler);
    asio::awaitable<event> next_event();

    template<std::derived_from<command> Command>
    asio::awaitable<typename Command::result_type> execute(Command what) {
        auto held = std::make_shared<Command>(std::move(what));
        return result_of<Command>(submit(held), held);
    }

    /// For code of the library.
    mailbox(std::shared_ptr<connection> core, std::uint64_t selection, mailbox_name name,
            std::shared_ptr<const select_result> info);

private:
    pending submit(std::shared_ptr<command> what);

    std::shared_ptr<connection> core_;
    std::uint64_t selection_ = 0;
    mailbox_name name_;
    std::shared_ptr<const select_result> info_; ///< shared by the copies: it may tell of many messages
};

} // namespace coimap
