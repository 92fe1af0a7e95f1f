#pragma once
// What FETCH asks for (RFC 9051 section 6.4.5): a mask for the plain items, joined with `|`, and sections of
// bodies.

#include "coimap/core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coimap {

/// A part of a message's text: `BODY.PEEK[1.2.TEXT]<0.1024>`. Built by the functions in `items`.
class body_item {
public:
    /// The section as IMAP writes it: "", "HEADER", "1.2.MIME", "HEADER.FIELDS (SUBJECT FROM)". Checked:
    /// throws coimap::error for anything else.
    explicit body_item(std::string_view section);

    /// Only `count` octets from `origin` on; throws coimap::error when it is none.
    body_item& partial(std::uint64_t origin, std::uint64_t count);
    body_item& mark_seen(bool yes = true); ///< BODY[] instead of BODY.PEEK[]: sets \Seen
    /// BINARY.PEEK[]: the server undoes the transfer encoding (RFC 3516). Throws coimap::error for a section
    /// that is neither a part's number nor the whole message.
    body_item& binary(bool yes = true);

    const std::string& section() const noexcept { return section_; }
    bool is_binary() const noexcept { return binary_; }
    bool marks_seen() const noexcept { return seen_; }
    std::string to_string() const;

    friend bool operator==(const body_item&, const body_item&) = default;

private:
    std::string section_;
    std::optional<std::uint64_t> origin_;
    std::uint64_t count_ = 0;
    bool seen_ = false;
    bool binary_ = false;
};

class fetch_items {
public:
    enum plain : std::uint32_t {
        uid = 1,
        flags = 2,
        internal_date = 4,
        size = 8,
        envelope = 16,
        body_structure = 32,
        body = 64,
        modseq = 128,
        email_id = 256,
        thread_id = 512,
        save_date = 1024,
        preview = 2048,
    };

    fetch_items() = default;
    constexpr fetch_items(plain one) : mask_(one) {}
    explicit fetch_items(std::uint32_t mask) : mask_(mask) {}
    fetch_items(body_item part) { bodies_.push_back(std::move(part)); }

    /// An item that the library does not know, e.g. "X-GM-LABELS". Throws coimap::error for what is no atom.
    static fetch_items extension(std::string_view atom);

    bool has(plain one) const noexcept { return (mask_ & one) != 0; }
    bool empty() const noexcept { return mask_ == 0 && bodies_.empty() && extensions_.empty(); }
    std::uint32_t mask() const noexcept { return mask_; }
    const std::vector<body_item>& bodies() const noexcept { return bodies_; }
    const std::vector<std::string>& extensions() const noexcept { return extensions_; }

    fetch_items& operator|=(const fetch_items& other);
    friend fetch_items operator|(fetch_items a, const fetch_items& b) { return a |= b; }

    /// As written in a command, parenthesised; macros are spelled out, since Gmail refuses them.
    std::string to_string() const;

    friend bool operator==(const fetch_items&, const fetch_items&) = default;

private:
    std::uint32_t mask_ = 0;
    std::vector<body_item> bodies_;
    std::vector<std::string> extensions_;
};

/// `items::uid | items::flags | items::envelope | items::header()`.
namespace items {
inline const fetch_items uid{fetch_items::uid};
inline const fetch_items flags{fetch_items::flags};
inline const fetch_items internal_date{fetch_items::internal_date};
inline const fetch_items size{fetch_items::size};
inline const fetch_items envelope{fetch_items::envelope};
inline const fetch_items body_structure{fetch_items::body_structure};
inline const fetch_items modseq{fetch_items::modseq};
inline const fetch_items fast{fetch_items::flags | fetch_items::internal_date | fetch_items::size};
inline const fetch_items all{fetch_items::flags | fetch_items::internal_date | fetch_items::size |
                             fetch_items::envelope};
inline const fetch_items full{fetch_items::flags | fetch_items::internal_date | fetch_items::size |
                              fetch_items::envelope | fetch_items::body};

/// The whole message; \Seen is not set.
body_item message();
body_item header();
body_item text();
/// One part by its number, e.g. "1.2". Throws coimap::error for anything else.
body_item part(std::string_view number);
/// Throws coimap::error for what cannot be a field's name, and when there is none.
body_item header_fields(const std::vector<std::string>& fields);
} // namespace items

} // namespace coimap
