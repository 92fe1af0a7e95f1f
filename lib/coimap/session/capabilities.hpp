#pragma once
// What the server can do (RFC 9051 section 6.1.1).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coimap {

/// The words of a CAPABILITY answer; asked without case. Forgotten at STARTTLS, at login, and whenever the
/// server says so: `known()` is false until it has told again.
class capabilities {
public:
    void assign(std::span<const std::string_view> names);
    void forget() noexcept;

    bool known() const noexcept { return known_; }
    bool has(std::string_view name) const noexcept;

    /// What stands behind `NAME=`: every SASL mechanism for "AUTH", "SORT" for "CONTEXT".
    std::vector<std::string_view> values(std::string_view name) const;

    /// `APPENDLIMIT=1000` (RFC 7889).
    std::optional<std::uint64_t> number(std::string_view name) const noexcept;

    const std::vector<std::string>& names() const noexcept { return names_; }
    // What is asked with every command.
    bool is_rev2() const noexcept { return rev2_; }
    bool has_literal_plus() const noexcept {
        return literal_plus_;
    } ///< also as `LITERAL +`, as some write it
    bool has_literal_minus() const noexcept { return literal_minus_; }
    bool has_binary() const noexcept { return binary_; }
    bool has_idle() const noexcept { return idle_; }

    friend bool operator==(const capabilities&, const capabilities&) = default;

private:
    bool looks_for_literal_plus() const noexcept;

    std::vector<std::string> names_;
    bool known_ = false;
    bool rev2_ = false;
    bool literal_plus_ = false;
    bool literal_minus_ = false;
    bool binary_ = false;
    bool idle_ = false;
};

} // namespace coimap
