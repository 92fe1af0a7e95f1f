#include "probe.hpp"

awaitable<void> by_value(pointer p) {
    co_await take([p] { (void)p; }); // trap
}

awaitable<void> moved(pointer p) {
    co_await take([p = std::move(p)] { (void)p; }); // trap
}

awaitable<void> called_at_once(pointer p) {
    co_await [p]() -> awaitable<void> { co_return; }(); // trap
}

template<class Function>
awaitable<int> take_any(Function&&) {
    co_return 1;
}

awaitable<void> forwarded(pointer p) {
    const int got = co_await take_any([p] { return p; }); // trap
    (void)got;
}
