#pragma once
// What STATUS asks for and tells (RFC 9051 section 6.3.11); LIST-STATUS (RFC 5819) asks for the same.

#include "coimap/session/command.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace coimap {

struct status_data;

/// A mask, joined with `|`: `status::messages | status::unseen`.
class status_items {
public:
    enum plain : std::uint16_t {
        messages = 1,
        uid_next = 2,
        uid_validity = 4,
        unseen = 8,
        recent = 16,            ///< IMAP4rev1 only
        deleted = 32,           ///< IMAP4rev2, or QUOTA=RES-MESSAGE (RFC 9208)
        size = 64,              ///< IMAP4rev2, or STATUS=SIZE (RFC 8438)
        highest_modseq = 128,   ///< CONDSTORE (RFC 7162)
        append_limit = 256,     ///< APPENDLIMIT (RFC 7889)
        mailbox_id = 512,       ///< OBJECTID (RFC 8474)
        deleted_storage = 1024, ///< QUOTA=RES-STORAGE (RFC 9208)
    };

    constexpr status_items() = default;
    constexpr status_items(plain one) : mask_(one) {}

    constexpr bool has(plain one) const noexcept { return (mask_ & one) != 0; }
    constexpr bool empty() const noexcept { return mask_ == 0; }

    friend constexpr status_items operator|(status_items a, status_items b) noexcept {
        a.mask_ = static_cast<std::uint16_t>(a.mask_ | b.mask_);
        return a;
    }
    friend bool operator==(const status_items&, const status_items&) = default;

private:
    std::uint16_t mask_ = 0;
};

namespace status {
inline constexpr status_items messages{status_items::messages};
inline constexpr status_items uid_next{status_items::uid_next};
inline constexpr status_items uid_validity{status_items::uid_validity};
inline constexpr status_items unseen{status_items::unseen};
inline constexpr status_items recent{status_items::recent};
inline constexpr status_items deleted{status_items::deleted};
inline constexpr status_items size{status_items::size};
inline constexpr status_items highest_modseq{status_items::highest_modseq};
inline constexpr status_items append_limit{status_items::append_limit};
inline constexpr status_items mailbox_id{status_items::mailbox_id};
inline constexpr status_items deleted_storage{status_items::deleted_storage};
} // namespace status

/// What the server told; a field it left out is empty.
struct status_values {
    std::optional<std::uint32_t> messages;
    std::optional<std::uint32_t> recent;
    std::optional<std::uint32_t> uid_next;
    std::optional<std::uint32_t> uid_validity;
    std::optional<std::uint32_t> unseen;
    std::optional<std::uint32_t> deleted;
    std::optional<std::uint64_t> size;
    std::optional<std::uint64_t> highest_modseq;
    std::optional<std::uint64_t> append_limit;
    std::optional<std::uint64_t> deleted_storage;
    std::optional<std::string> mailbox_id;

    friend bool operator==(const status_values&, const status_values&) = default;
};

namespace commands {

/// Writes `(MESSAGES UNSEEN)`. errc::not_supported for an item that the server does not have,
/// errc::invalid_argument for none at all.
std::error_code write_status_items(wire::command_writer& out, status_items items,
                                   const session_context& context);

/// Takes what the response tells over into `values`.
void merge(status_values& values, const status_data& data);

} // namespace commands
} // namespace coimap
