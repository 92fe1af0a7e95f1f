#pragma once

#include <asio/awaitable.hpp>

#include <string>

namespace coimap::showcase {

/// Shows each thing once and prints how long it took. Throws when one of them does not hold.
asio::awaitable<void> demonstrate(std::string url, std::string ca_file);

} // namespace coimap::showcase
