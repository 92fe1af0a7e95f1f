#pragma once
// idle() as the client and the mailbox offer it.

#include "coimap/session/event.hpp"

#include <asio/awaitable.hpp>

#include <cstdint>
#include <memory>

namespace coimap {

class connection;

/// Idles until it is cancelled or the connection ends, or, unless `selection` is 0, until that is no longer
/// the session's selection: then errc::stale_mailbox.
asio::awaitable<void> idle_on(std::shared_ptr<connection> core, std::uint64_t selection,
                              event_handler handler);

} // namespace coimap
