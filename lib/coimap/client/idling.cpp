#include "coimap/client/idling.hpp"

#include "coimap/client/pending.hpp"
#include "coimap/net/connection.hpp"
#include "coimap/session/commands/capability.hpp"

namespace coimap {
namespace {

asio::awaitable<void> ask_capabilities(std::shared_ptr<connection> core) {
    pending asked(core->submit(std::make_shared<commands::capability_command>()));
    co_await asked.wait();
}

} // namespace

asio::awaitable<void> idle_on(std::shared_ptr<connection> core, std::uint64_t selection,
                              event_handler handler) {
    // Whether the server has IDLE at all has to be known; it may not have told since the login.
    if (!core->session().caps().known() && !core->session().failed())
        co_await ask_capabilities(core);
    const std::shared_ptr<operation> op = core->start_idle(std::move(handler), selection);
    const pending under_way(op); // who lets go of idle() stops it
    if (!op->done())
        co_await op->end();
    op->throw_if_failed();
}

} // namespace coimap
