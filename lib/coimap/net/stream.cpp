#include "coimap/net/stream.hpp"

#include <asio/co_spawn.hpp>

#include <utility>

namespace coimap {

void stream::when_readable(std::shared_ptr<read_listener> who) {
    asio::co_spawn(executor(), wait_readable(), [who = std::move(who)](std::exception_ptr problem) {
        who->on_readable(std::move(problem));
    });
}

} // namespace coimap
