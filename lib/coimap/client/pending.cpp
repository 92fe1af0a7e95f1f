#include "coimap/client/pending.hpp"

#include "coimap/net/operation.hpp"

namespace coimap {

pending::pending(std::shared_ptr<operation> what) noexcept : what_(std::move(what)) {}
pending::pending(pending&&) noexcept = default;

pending& pending::operator=(pending&& other) noexcept {
    if (this != &other) {
        let_go();
        what_ = std::move(other.what_);
    }
    return *this;
}

pending::~pending() {
    let_go();
}

void pending::let_go() noexcept {
    if (what_ && !what_->done())
        what_->cancel();
    what_.reset();
}

asio::awaitable<void> pending::wait() {
    return what_->wait();
}

std::uint64_t pending::selection() const noexcept {
    return what_->selection;
}

} // namespace coimap
