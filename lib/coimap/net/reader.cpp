#include "coimap/net/reader.hpp"

#include <asio/co_spawn.hpp>
#include <asio/post.hpp>

#include <utility>

namespace coimap {
namespace {

/// So many reads before others have their turn.
constexpr std::size_t reads_in_a_row = 8;

} // namespace

connection::reader::~reader() {
    if (!owner_->reader_ended_)
        owner_->abandon();
}

void connection::reader::go_on(std::exception_ptr problem) {
    try {
        if (problem)
            std::rethrow_exception(std::move(problem));
        if (read())
            return;
    } catch (const error& known) {
        owner_->session_.close(known.code());
        owner_->after_session();
    } catch (const std::system_error& known) {
        // Closed here, most of the time: then the session has its reason already.
        owner_->session_.on_stream_end(known.code(), owner_->now());
        owner_->after_session();
    } catch (...) {
        // A command of the program's own threw, or memory is short: nobody may wait for ever.
        diagnostics details;
        details.text = "the reader failed within the program";
        owner_->session_.close(make_error_code(errc::closed), std::move(details));
        owner_->after_session();
    }
    owner_->reader_ended_ = true;
}

/// Whether it will be called again: by the stream, by who takes what it has read, or in its next turn.
bool connection::reader::read() {
    wake_list woken;
    while (!owner_->closed_) {
        if (owner_->session_.congested()) {
            owner_->paused_ = shared_from_this();
            return true;
        }
        const bool more = owner_->take_turn(woken);
        if (owner_->closed_)
            break;
        if (owner_->session_.awaits_tls()) {
            asio::co_spawn(
                owner_->executor_, owner_->start_tls(),
                [self = shared_from_this()](std::exception_ptr problem) { self->go_on(std::move(problem)); });
            return true;
        }
        if (!more) {
            owner_->session_.release_memory();
            owner_->stream_->when_readable(shared_from_this());
            return true;
        }
        // However fast the server is: timers and other coroutines have their turn, too.
        if (++reads_ % reads_in_a_row == 0) {
            asio::post(owner_->executor_, [self = shared_from_this()] { self->go_on(); });
            return true;
        }
    }
    return false;
}

} // namespace coimap
