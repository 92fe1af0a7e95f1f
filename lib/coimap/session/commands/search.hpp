#pragma once
// SEARCH and UID SEARCH (RFC 9051 sections 6.4.4 and 6.4.9) with ESEARCH (RFC 4731) and SEARCHRES (RFC
// 5182).
//
//   sends     [UID ]SEARCH [RETURN (MIN MAX COUNT ALL SAVE)] [CHARSET UTF-8] key
//   yields    search_result
//   charset   declared only when a string is not ASCII, and not once UTF8=ACCEPT or IMAP4rev2 is enabled,
//             where it is UTF-8 anyway (and RFC 6855 section 3 forbids to say so)
//   fallback  without ESEARCH or IMAP4rev2 plain SEARCH is sent, and MIN, MAX and COUNT are computed from
//             its answer
//   claims    ESEARCH with its own tag, or with none and the right kind of number; SEARCH, which some
//             servers answer even to RETURN
//   errors    errc::not_supported for save without SEARCHRES and for mod-sequences without CONDSTORE;
//             errc::invalid_argument for an empty set in the key, and for text that is not UTF-8; from the
//             server NO [BADCHARSET]

#include "coimap/model/search_key.hpp"
#include "coimap/session/command.hpp"

#include <optional>
#include <string>
#include <vector>

namespace coimap {

/// What SEARCH returns, joined with `|`.
enum class search_return : std::uint8_t {
    min = 1,
    max = 2,
    all = 4, ///< the numbers themselves
    count = 8,
    save = 16, ///< keep the result on the server, as `$`
};

constexpr search_return operator|(search_return a, search_return b) noexcept {
    return static_cast<search_return>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}
constexpr bool has(search_return set, search_return one) noexcept {
    return (static_cast<std::uint8_t>(set) & static_cast<std::uint8_t>(one)) != 0;
}

/// Which kind of number SEARCH yields.
enum class search_by : std::uint8_t { uid, sequence_number };

class search_options {
public:
    search_options() = default;

    /// What is to be returned; all numbers unless said otherwise.
    search_options& returns(search_return what) {
        returns_ = what;
        return *this;
    }

    /// Declares this charset in place of UTF-8; the strings of the key have to be in it, which for anything
    /// but US-ASCII and UTF-8 they cannot be.
    search_options& charset(std::string name) {
        charset_ = std::move(name);
        return *this;
    }

    search_return returns() const noexcept { return returns_; }
    const std::string& charset() const noexcept { return charset_; }

private:
    search_return returns_ = search_return::all;
    std::string charset_;
};

/// Without `all` among what is returned, `numbers` is empty where the server can do without them.
struct search_result {
    number_ranges numbers;
    bool by_uid = false;
    std::optional<std::uint32_t> min; ///< nothing: no message was found, or it was not asked for
    std::optional<std::uint32_t> max;
    std::optional<std::uint32_t> count;
    std::optional<std::uint64_t>
        modseq; ///< the highest of what was found; when the key asks for mod-sequences

    uid_set uids() const { return by_uid ? uid_set(numbers) : uid_set(); }
    sequence_set sequence_numbers() const { return by_uid ? sequence_set() : sequence_set(numbers); }

    friend bool operator==(const search_result&, const search_result&) = default;
};

namespace commands {

class search_command : public command_of<search_result> {
public:
    explicit search_command(search_key key, search_by by = search_by::uid,
                            search_options options = search_options())
        : key_(std::move(key)), by_(by), options_(std::move(options)) {}

    std::string_view name() const noexcept override {
        return by_ == search_by::uid ? "UID SEARCH" : "SEARCH";
    }

    /// During SEARCH no EXPUNGE may come; during UID SEARCH it may (RFC 9051 section 5.5). Numbers matter to
    /// SEARCH, which yields them, and to UID SEARCH with numbers in its key.
    pipelining_traits traits() const noexcept override;

    /// ESEARCH says which command it answers; SEARCH does not.
    bool overlaps_safely(const command& earlier) const noexcept override;

    std::error_code write(wire::command_writer& out, const session_context& context) override;
    claim on_untagged(const wire::response& response, session_context& context) override;
    std::error_code on_tagged(const wire::status_response& state, session_context& context) override;
    void on_abandoned() noexcept override;
    search_result take_result() override { return std::move(result_); }

private:
    void write_return(wire::command_writer& out) const;

    search_key key_;
    search_by by_;
    search_options options_;
    bool extended_ = false; ///< RETURN was sent
    bool numbers_told_ = false;
    bool unreadable_ = false;
    bool abandoned_ = false;
    std::vector<number_range> found_;
    search_result result_;
};

} // namespace commands
} // namespace coimap
