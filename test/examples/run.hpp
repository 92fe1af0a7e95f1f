#pragma once
// What every example has in common: where the server is, and a main() that runs one coroutine.

#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

/// COIMAP_TEST_... are set by private-dovecot, under which the tests run the examples.
struct example_server {
    std::string url = "imaps://localhost:" + variable("COIMAP_TEST_TLS_PORT");
    std::string ca_file = variable("COIMAP_TEST_CA");

    static std::string variable(const char* name) {
        const char* value = std::getenv(name);
        return value != nullptr ? value : "";
    }
};

/// Runs it to its end; what it throws is told, and makes the status 1.
inline int run_example(asio::awaitable<void> example) {
    asio::io_context context;
    int status = 0;
    asio::co_spawn(context, std::move(example), [&status](std::exception_ptr problem) {
        if (!problem)
            return;
        status = 1;
        try {
            std::rethrow_exception(problem);
        } catch (const std::exception& error) {
            std::cerr << error.what() << '\n';
        }
    });
    context.run();
    return status;
}
