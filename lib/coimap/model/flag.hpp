#pragma once
// Flags and keywords of messages (RFC 9051 section 2.3.2).

#include "coimap/core/arena.hpp"
#include "coimap/core/result.hpp"
#include "coimap/model/value_sink.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace coimap {

/// A flag that is to be sent: `\Seen` or a keyword such as `$Forwarded`. It can hold nothing but a legal
/// flag: an atom, perhaps behind one backslash. Compares without case.
class flag {
public:
    /// errc::invalid_argument for what is no flag: empty, with spaces, controls or specials in it.
    static result<flag> make(std::string_view text);

    /// The same; throws coimap::error. For literals in programs.
    flag(std::string_view text);
    flag(const char* text) : flag(std::string_view(text)) {}

    const std::string& text() const noexcept { return text_; }

    friend bool operator==(const flag& a, const flag& b) noexcept;

private:
    struct checked {};
    flag(checked, std::string_view text) : text_(text) {}

    std::string text_;
};

/// Several flags to be sent; may be empty. Constructible from one flag, so that `store(set, flags::seen)`
/// reads well, and joined with `|`.
class flag_set {
public:
    flag_set() = default;
    flag_set(flag one) { values_.push_back(std::move(one)); }
    flag_set(const char* one) : flag_set(flag(one)) {}
    explicit flag_set(std::vector<flag> many) : values_(std::move(many)) {}

    const std::vector<flag>& values() const noexcept { return values_; }
    bool empty() const noexcept { return values_.empty(); }
    auto begin() const noexcept { return values_.begin(); }
    auto end() const noexcept { return values_.end(); }

    friend flag_set operator|(flag_set a, const flag_set& b) {
        a.values_.insert(a.values_.end(), b.values_.begin(), b.values_.end());
        return a;
    }

private:
    std::vector<flag> values_;
};

inline flag_set operator|(const flag& a, const flag& b) {
    return flag_set(a) | flag_set(b);
}

namespace flags {
inline const flag seen{"\\Seen"};
inline const flag answered{"\\Answered"};
inline const flag flagged{"\\Flagged"};
inline const flag deleted{"\\Deleted"};
inline const flag draft{"\\Draft"};
inline const flag forwarded{"$Forwarded"};
inline const flag mdn_sent{"$MDNSent"};
inline const flag junk{"$Junk"};
inline const flag not_junk{"$NotJunk"};
inline const flag phishing{"$Phishing"};
} // namespace flags

/// Flags as a server sent them: views into the response, in its order and spelling, whatever they hold.
struct flag_list {
    /// The flags of RFC 9051 that every message list looks at, as bits.
    enum bit : std::uint8_t {
        seen = 1,
        answered = 2,
        flagged = 4,
        deleted = 8,
        draft = 16,
        recent = 32,
        any_keyword = 64
    };

    coimap::list<std::string_view> names;
    std::uint8_t bits = 0; ///< any_keyword stands for `\*` in PERMANENTFLAGS

    bool has(std::string_view name) const noexcept; ///< without case
    bool is_seen() const noexcept { return (bits & seen) != 0; }
    bool is_deleted() const noexcept { return (bits & deleted) != 0; }
    bool is_flagged() const noexcept { return (bits & flagged) != 0; }
    bool is_answered() const noexcept { return (bits & answered) != 0; }

    auto begin() const noexcept { return names.begin(); }
    auto end() const noexcept { return names.end(); }

    friend bool operator==(const flag_list& a, const flag_list& b) { return a.names == b.names; }
};

void describe(value_sink& sink, const flag_list& flags);

} // namespace coimap
