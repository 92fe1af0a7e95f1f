#include "coimap/session/capabilities.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/number.hpp"

#include <algorithm>

namespace coimap {

namespace {

/// What stands behind `NAME=` in `word`; nothing for another word.
std::optional<std::string_view> value_of(std::string_view word, std::string_view name) noexcept {
    if (word.size() <= name.size() || word[name.size()] != '=' || !istarts_with(word, name))
        return std::nullopt;
    return word.substr(name.size() + 1);
}

} // namespace

void capabilities::assign(std::span<const std::string_view> names) {
    names_.assign(names.begin(), names.end());
    known_ = true;
    rev2_ = has("IMAP4rev2");
    literal_plus_ = looks_for_literal_plus();
    literal_minus_ = has("LITERAL-");
    binary_ = has("BINARY");
    idle_ = has("IDLE");
}

void capabilities::forget() noexcept {
    *this = capabilities();
}

bool capabilities::has(std::string_view name) const noexcept {
    return std::any_of(names_.begin(), names_.end(),
                       [name](const auto& word) { return iequals(word, name); });
}

std::vector<std::string_view> capabilities::values(std::string_view name) const {
    std::vector<std::string_view> found;
    for (const std::string& word : names_)
        if (const auto value = value_of(word, name))
            found.push_back(*value);
    return found;
}

std::optional<std::uint64_t> capabilities::number(std::string_view name) const noexcept {
    for (const std::string& word : names_)
        if (const auto value = value_of(word, name))
            return parse_number(*value);
    return std::nullopt;
}

bool capabilities::looks_for_literal_plus() const noexcept {
    if (has("LITERAL+"))
        return true;
    const auto is_torn = [](const std::string& a, const std::string& b) {
        return iequals(a, "LITERAL") && b == "+";
    };
    return std::adjacent_find(names_.begin(), names_.end(), is_torn) != names_.end();
}

} // namespace coimap
