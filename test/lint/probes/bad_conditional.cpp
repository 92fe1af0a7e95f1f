#include "probe.hpp"

awaitable<void> argument(bool yes) {
    co_await text(yes ? std::string("a long text for the heap") : std::string("b")); // trap
}

awaitable<void> result(bool yes, pointer other) {
    pointer made = yes ? co_await make() : other; // trap
    (void)made;
}
