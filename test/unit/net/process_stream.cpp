// Another program as the way to the server.

#include "coimap/net/process_stream.hpp"

#include "coimap/coimap.hpp"
#include "coimap/net/exchange.hpp"

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include <boost/test/unit_test.hpp>

#include <cerrno>
#include <exception>
#include <fcntl.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

using namespace coimap;

/// Runs to its end, and returns what it threw.
std::exception_ptr run(asio::io_context& io, asio::awaitable<void> job) {
    std::exception_ptr thrown;
    asio::co_spawn(io, std::move(job), [&thrown](std::exception_ptr problem) { thrown = problem; });
    io.run();
    return thrown;
}

/// Takes a descriptor of this process away, and puts it back.
class closed_for_a_while {
public:
    explicit closed_for_a_while(int number) : number_(number), before_(::fcntl(number, F_DUPFD_CLOEXEC, 10)) {
        ::close(number_);
    }
    ~closed_for_a_while() {
        if (before_ < 0)
            return;
        ::dup2(before_, number_);
        ::close(before_);
    }
    closed_for_a_while(const closed_for_a_while&) = delete;
    closed_for_a_while& operator=(const closed_for_a_while&) = delete;

private:
    int number_;
    int before_;
};

BOOST_AUTO_TEST_SUITE(process_streams)

BOOST_AUTO_TEST_CASE(speak_with_a_program) {
    asio::io_context io;
    process_stream cat(io.get_executor(), {"cat"});
    std::string heard;
    const auto talk = [&]() -> asio::awaitable<void> {
        co_await write_all(cat, "hello");
        heard = co_await read_exactly(cat, 5);
    };
    BOOST_TEST(!run(io, talk()));
    BOOST_TEST(heard == "hello");
}

BOOST_AUTO_TEST_CASE(a_program_that_ends_has_hung_up) {
    asio::io_context io;
    process_stream ended(io.get_executor(), {"true"});
    const auto talk = [&]() -> asio::awaitable<void> { co_await read_exactly(ended, 1); };
    const std::exception_ptr thrown = run(io, talk());
    BOOST_REQUIRE(thrown);
    BOOST_CHECK_EXCEPTION(std::rethrow_exception(thrown), error, [](const error& problem) {
        return problem.code() == make_error_code(errc::connection_lost);
    });
}

BOOST_AUTO_TEST_CASE(what_cannot_be_run_says_why) {
    asio::io_context io;
    BOOST_CHECK_EXCEPTION(process_stream(io.get_executor(), {"/does/not/exist"}), error,
                          [](const error& problem) {
                              return problem.code() == std::error_code(ENOENT, std::generic_category()) &&
                                     problem.details().operation == "run /does/not/exist";
                          });
    BOOST_CHECK_THROW(process_stream(io.get_executor(), {}), error);
}

BOOST_AUTO_TEST_CASE(a_process_without_standard_input_and_output_can_run_one) {
    std::string heard;
    std::exception_ptr thrown;
    {
        const closed_for_a_while input(STDIN_FILENO); // the next descriptors that are made have their numbers
        const closed_for_a_while output(STDOUT_FILENO);
        asio::io_context io;
        process_stream cat(io.get_executor(), {"cat"});
        const auto talk = [&]() -> asio::awaitable<void> {
            co_await write_all(cat, "hello");
            heard = co_await read_exactly(cat, 5);
        };
        thrown = run(io, talk());
    }
    BOOST_TEST(!thrown);
    BOOST_TEST(heard == "hello");
}

BOOST_AUTO_TEST_CASE(nobody_has_to_wait_for_it) {
    asio::io_context io;
    { process_stream ended(io.get_executor(), {"true"}); }
    BOOST_TEST(::waitpid(-1, nullptr, WNOHANG) == -1);
    BOOST_TEST(errno == ECHILD);
}

BOOST_AUTO_TEST_CASE(a_client_by_a_command) {
    asio::io_context io;
    session_state state{};
    const auto talk = [&]() -> asio::awaitable<void> {
        std::vector<std::string> command{"sh", "-c",
                                         "printf '* PREAUTH [CAPABILITY IMAP4rev1] hi\\r\\n'; read tag rest; "
                                         "printf '* BYE bye\\r\\n%s OK done\\r\\n' $tag"};
        client connection = co_await connect_by_command(std::move(command));
        state = connection.state();
        co_await connection.logout();
    };
    BOOST_TEST(!run(io, talk()));
    BOOST_TEST((state == session_state::authenticated));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
