#include "probe.hpp"

awaitable<void> list() {
    co_await take_list({"a", "b"}); // trap
}

awaitable<void> aggregate() {
    options made{co_await make(), 1}; // trap
    (void)made;
}

awaitable<options> returned() {
    co_return options{co_await make(), 1}; // trap
}

awaitable<void> array() {
    pointer made[] = {co_await make()}; // trap
    (void)made;
}
