#include "coimap/client/fetch_stream.hpp"

#include "coimap/client/fetch_operation.hpp"

namespace coimap {

namespace {

void let_go(const std::shared_ptr<fetch_operation>& source) noexcept {
    if (source && !source->done())
        source->cancel();
}

} // namespace

fetch_stream::fetch_stream(std::shared_ptr<fetch_operation> source) noexcept : source_(std::move(source)) {}
fetch_stream::fetch_stream(fetch_stream&&) noexcept = default;

fetch_stream& fetch_stream::operator=(fetch_stream&& other) noexcept {
    if (this != &other) {
        let_go(source_);
        source_ = std::move(other.source_);
    }
    return *this;
}

fetch_stream::~fetch_stream() {
    let_go(source_);
}

asio::awaitable<std::optional<message>> fetch_stream::next() {
    const std::shared_ptr<fetch_operation> source = source_;
    if (!source)
        co_return std::nullopt;
    for (;;) {
        while (!source->settled())
            co_await source->arrival();
        std::optional<fetch_operation::item> item = source->take();
        if (!item)
            co_return std::nullopt;
        if (auto* one = std::get_if<message>(&*item)) {
            std::optional<message> result(std::move(*one));
            co_return result;
        }
    }
}

} // namespace coimap
