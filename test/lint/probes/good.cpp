#include "probe.hpp"

awaitable<void> closures(pointer p) {
    auto callback = [p] { (void)p; };
    co_await take(std::move(callback));
    auto operation = take([p] { (void)p; });
    co_await std::move(operation);
    int number = 0;
    co_await take([&] { ++number; });
    co_await take([number] { (void)number; });
}

awaitable<void> values(bool yes) {
    co_await take_safe();
    co_await take_safe({});
    co_await take_safe(safe_options().number(3));
    co_await text("a text");
    co_await text({});
    co_await plain(yes ? 1 : 2);
    int number = yes ? co_await plain() : 4;
    while (co_await plain(number) > 0 && co_await plain() < 7)
        --number;
    std::vector<std::string> list = {"a", "b"};
    co_await take_list(std::move(list));
}

awaitable<options> results() {
    const auto made = co_await make();
    std::optional<std::string> maybe(co_await words());
    for (char c : co_await words())
        (void)c;
    co_return options{made, 1};
}
