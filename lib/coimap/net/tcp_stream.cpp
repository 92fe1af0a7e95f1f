#include "coimap/net/tcp_stream.hpp"

#include <netinet/tcp.h>

namespace coimap {
namespace {

template<int Level, int Name>
using int_option = asio::detail::socket_option::integer<Level, Name>;

} // namespace

tcp_stream::tcp_stream(asio::ip::tcp::socket connected) : socket_stream(std::move(connected)) {
    std::error_code ignored;
    socket().set_option(asio::ip::tcp::no_delay(true), ignored);
    // A peer that vanished without a word is noticed within two minutes, idling or not.
    socket().set_option(asio::socket_base::keep_alive(true), ignored);
    socket().set_option(int_option<IPPROTO_TCP, TCP_KEEPIDLE>(60), ignored);
    socket().set_option(int_option<IPPROTO_TCP, TCP_KEEPINTVL>(10), ignored);
    // Takes the place of the number of probes, TCP_KEEPCNT, as well.
    socket().set_option(int_option<IPPROTO_TCP, TCP_USER_TIMEOUT>(90'000), ignored);
}

} // namespace coimap
