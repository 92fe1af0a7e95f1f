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
    bool is_rev2() const noexcept { return has("IMAP4rev2"); }
    bool has_literal_plus() const noexcept; ///< also as `LITERAL +`, which some servers write

    friend bool operator==(const capabilities&, const capabilities&) = default;

private:
    std::vector<std::string> names_;
    bool known_ = false;
};

} // namespace coimap
