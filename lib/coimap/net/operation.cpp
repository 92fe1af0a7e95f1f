#include "coimap/net/operation.hpp"

#include "coimap/net/connection.hpp"

#include <asio/error.hpp>

#include <utility>

namespace coimap {

operation::~operation() {
    connection_->unwatch(*this);
}

asio::awaitable<void> operation::wait() {
    // The coroutine's own reference: the caller's handle may go away meanwhile.
    const std::shared_ptr<operation> self = shared_from_this();
    if (!done_)
        co_await end();
    throw_if_failed();
}

asio::awaitable<void> operation::end() {
    connection_->watch(*this);
    return waiter_.wait([this] { cancel(); });
}

void operation::throw_if_failed() const {
    if (exception_)
        std::rethrow_exception(exception_);
    if (code_ == make_error_code(errc::cancelled))
        throw error(asio::error::operation_aborted, *details_);
    if (code_)
        throw error(code_, *details_);
}

void operation::on_done(std::error_code code, diagnostics details) noexcept {
    code_ = code;
    if (code)
        details_ = std::make_unique<diagnostics>(std::move(details));
    selection = connection_->session().selection();
    if (!deferred)
        release();
}

void operation::release() noexcept {
    done_ = true;
    connection_->unwatch(*this);
    waiter_.wake();
}

void operation::cancel() {
    if (done_)
        return;
    const bool again = std::exchange(cancelled_, true);
    if (id != 0)
        connection_->cancel(id);
    else if (again)
        connection_->abort_idle();
    else
        connection_->stop_idle();
}

} // namespace coimap
