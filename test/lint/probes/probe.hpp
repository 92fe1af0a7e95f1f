#pragma once
// What the probes of the co_await lint are made of. A line that the lint must find ends in `// trap`.

#include <asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using asio::awaitable;
using pointer = std::shared_ptr<int>;

/// An aggregate with a member that must be destroyed.
struct options {
    pointer owner = {};
    int number = 0;
};

/// The same with a constructor, which makes it safe.
struct safe_options {
    safe_options() = default;
    safe_options& number(int) { return *this; }
    pointer owner;
};

awaitable<int> plain(int value = 0);
awaitable<int> text(std::string value);
awaitable<std::string> words();
awaitable<int> take(std::function<void()> callback);
awaitable<int> take_options(options value = {});
awaitable<int> take_safe(safe_options value = {});
awaitable<int> take_list(std::vector<std::string> list);
awaitable<pointer> make();
