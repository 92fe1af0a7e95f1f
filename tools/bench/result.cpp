#include "bench/result.hpp"

#include <cstdlib>

namespace coimap::tools::bench {
namespace {

std::size_t behind(std::string_view json, std::string_view key) {
    const std::string quoted = "\"" + std::string(key) + "\":";
    const std::size_t at = json.find(quoted);
    return at == std::string_view::npos ? at : at + quoted.size();
}

} // namespace

std::optional<double> number_in(std::string_view json, std::string_view key) {
    const std::size_t at = behind(json, key);
    if (at == std::string_view::npos)
        return std::nullopt;
    const std::string text(json.substr(at, 40));
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    return end == text.c_str() ? std::nullopt : std::optional(value);
}

std::vector<double> numbers_in(std::string_view json, std::string_view key) {
    std::vector<double> values;
    const std::size_t at = behind(json, key);
    if (at == std::string_view::npos || at >= json.size() || json[at] != '[')
        return values;
    const std::string text(json.substr(at + 1));
    for (const char* next = text.c_str(); *next != ']' && *next != '\0';) {
        char* end = nullptr;
        values.push_back(std::strtod(next, &end));
        if (end == next)
            break;
        next = *end == ',' ? end + 1 : end;
    }
    return values;
}

std::optional<run> read_run(std::string_view json) {
    const auto wall = number_in(json, "wall");
    const auto user = number_in(json, "user");
    const auto sys = number_in(json, "sys");
    if (!wall || !user || !sys)
        return std::nullopt;
    run made;
    made.wall = *wall;
    made.user = *user;
    made.sys = *sys;
    made.items = number_in(json, "items").value_or(0);
    made.bytes = number_in(json, "bytes").value_or(0);
    made.peak_kib = number_in(json, "peak_kib").value_or(0);
    return made;
}

} // namespace coimap::tools::bench
