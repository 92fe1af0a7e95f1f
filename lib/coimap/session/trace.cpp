#include "coimap/session/trace.hpp"

#include "coimap/core/number.hpp"
#include "coimap/core/printable.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

namespace coimap {
namespace {

/// The size of the literal that a line announces at its end.
std::optional<std::uint64_t> announced(std::string_view line) {
    if (!line.ends_with('}'))
        return std::nullopt;
    const auto open = line.rfind('{');
    if (open == std::string_view::npos)
        return std::nullopt;
    std::string_view digits = line.substr(open + 1, line.size() - open - 2);
    if (digits.ends_with('+'))
        digits.remove_suffix(1);
    return parse_number(digits);
}

} // namespace

void trace_octets(trace& log, bool sent, std::string_view octets) {
    constexpr std::size_t longest = 4096;
    std::string line;
    while (!octets.empty()) {
        const auto end = octets.find('\n');
        std::string_view part = octets.substr(0, end);
        octets.remove_prefix(end == std::string_view::npos ? octets.size() : end + 1);
        if (part.ends_with('\r'))
            part.remove_suffix(1);
        line += printable(part.substr(0, longest));
        if (part.size() > longest)
            line += "...";
        if (const auto size = announced(part)) {
            const auto present = static_cast<std::size_t>(std::min<std::uint64_t>(*size, octets.size()));
            octets.remove_prefix(present);
            line += "<literal>";
            if (!octets.empty())
                continue;
        }
        sent ? log.sent(line) : log.received(line);
        line.clear();
    }
}

} // namespace coimap
