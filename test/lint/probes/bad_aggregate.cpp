#include "probe.hpp"

awaitable<void> designated(pointer p) {
    co_await take_options({.owner = p}); // trap
}

awaitable<void> named(pointer p) {
    co_await take_options(options{p, 2}); // trap
}

awaitable<void> empty() {
    co_await take_options({}); // trap
}

awaitable<void> default_argument() {
    co_await take_options(); // trap
}
