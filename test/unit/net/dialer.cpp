// Connecting: what the system's resolver cannot do must not hold up who waits.

#include "coimap/net/dialer.hpp"

#include "coimap/core/error.hpp"

#include <asio/bind_cancellation_slot.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <dlfcn.h>
#include <exception>
#include <mutex>
#include <netdb.h>
#include <string>
#include <utility>

namespace {

/// A name server that does not answer. A test that waits for it all the same fails after a while, and says
/// so.
struct silent_server {
    std::mutex mutex;
    std::condition_variable changed;
    bool asked = false;
    bool released = false;
    bool waited_for = false;

    void ask() {
        std::unique_lock lock(mutex);
        asked = true;
        changed.notify_all();
        waited_for = !changed.wait_for(lock, std::chrono::seconds(20), [this] { return released; });
    }
    void wait_until_asked() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return asked; });
    }
    bool release() {
        const std::lock_guard lock(mutex);
        released = true;
        changed.notify_all();
        return !waited_for;
    }
};

silent_server* server = nullptr;
std::atomic<int> questions = 0;

} // namespace

// Takes the place of the system's in this program.
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** found) {
    ++questions;
    if (node != nullptr && std::strcmp(node, "silent.example") == 0 && server != nullptr) {
        server->ask();
        return EAI_AGAIN;
    }
    using function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto next = reinterpret_cast<function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return next(node, service, hints, found);
}

namespace coimap {
namespace {

struct fixture {
    silent_server names;
    asio::io_context io{1};
    asio::cancellation_signal cancellation;
    std::error_code outcome;
    bool done = false;

    fixture() { server = &names; }
    ~fixture() {
        names.release();
        io.restart();
        io.run();
        server = nullptr;
    }

    void dial(std::chrono::milliseconds patience, std::string host = "silent.example") {
        asio::co_spawn(io, coimap::dial(std::move(host), 993, std::chrono::steady_clock::now() + patience),
                       asio::bind_cancellation_slot(
                           cancellation.slot(), [this](std::exception_ptr problem, std::unique_ptr<stream>) {
                               done = true;
                               try {
                                   if (problem)
                                       std::rethrow_exception(problem);
                               } catch (const std::system_error& failure) {
                                   outcome = failure.code();
                               }
                           }));
    }
    void run_until_done() {
        while (!done)
            io.run_one();
    }
};

BOOST_FIXTURE_TEST_SUITE(net_dialer, fixture)

BOOST_AUTO_TEST_CASE(the_deadline_holds_while_the_resolver_hangs) {
    dial(std::chrono::milliseconds(20));
    run_until_done();
    BOOST_TEST(names.release());
    BOOST_TEST(outcome == make_error_code(errc::connect_timed_out));
}

BOOST_AUTO_TEST_CASE(a_cancellation_does_not_wait_for_the_resolver) {
    dial(std::chrono::hours(1));
    io.poll();
    names.wait_until_asked();
    asio::post(io, [this] { cancellation.emit(asio::cancellation_type::terminal); });
    run_until_done();
    BOOST_TEST(names.release());
    BOOST_TEST(outcome == asio::error::operation_aborted);
}

BOOST_AUTO_TEST_CASE(nobody_is_asked_about_an_address) {
    const int before = questions;
    for (const char* address : {"127.0.0.1", "::1"}) {
        dial(std::chrono::milliseconds(0), address);
        run_until_done();
        BOOST_TEST(outcome == make_error_code(errc::connect_timed_out));
        done = false;
        io.restart();
    }
    BOOST_TEST(questions == before);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace coimap
