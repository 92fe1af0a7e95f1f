#include "coimap/model/flag.hpp"

#include "coimap/core/ascii.hpp"

#include <algorithm>

namespace coimap {

namespace {

// ATOM-CHAR of RFC 9051 section 9.
bool is_atom_char(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x80 && !is_control(c) &&
           std::string_view(" (){%*\"\\]").find(c) == std::string_view::npos;
}

} // namespace

result<flag> flag::make(std::string_view text) {
    const std::string_view atom = text.substr(text.substr(0, 1) == "\\" ? 1 : 0);
    if (atom.empty() || !std::all_of(atom.begin(), atom.end(), is_atom_char))
        return errc::invalid_argument;
    return flag(checked{}, text);
}

flag::flag(std::string_view text) : flag(make(text).value()) {}

bool operator==(const flag& a, const flag& b) noexcept {
    return iequals(a.text_, b.text_);
}

bool flag_list::has(std::string_view name) const noexcept {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view each) { return iequals(each, name); });
}

void describe(value_sink& sink, const flag_list& flags) {
    describe(sink, flags.names);
}

} // namespace coimap
