#include "coimap/net/exchange.hpp"

#include "coimap/core/error.hpp"
#include "coimap/core/secret.hpp"

namespace coimap {
namespace {

struct wiped_at_the_end {
    std::string& octets;
    ~wiped_at_the_end() { wipe(octets); }
};

} // namespace

asio::awaitable<void> write_all(stream& to, std::string octets) {
    const wiped_at_the_end guard{octets};
    for (std::size_t sent = 0; sent < octets.size();) {
        const io_result result = to.write_some(std::string_view(octets).substr(sent));
        sent += result.count;
        if (result.count != 0)
            continue;
        if (!is_would_block(result.error))
            throw error(result.error);
        co_await to.wait_writable();
    }
}

asio::awaitable<std::string> read_exactly(stream& from, std::size_t count) {
    std::string octets(count, '\0');
    for (std::size_t have = 0; have < count;) {
        const io_result result = from.read_some(std::span<char>(octets).subspan(have));
        have += result.count;
        if (result.count != 0)
            continue;
        if (!is_would_block(result.error))
            throw error(result.error);
        co_await from.wait_readable();
    }
    co_return octets;
}

} // namespace coimap
