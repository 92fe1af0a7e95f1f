#pragma once
// `* 12 FETCH (...)`: what the server tells of one message (RFC 9051 section 7.5.2).

#include "coimap/model/body_structure.hpp"
#include "coimap/model/date_time.hpp"
#include "coimap/model/envelope.hpp"
#include "coimap/model/flag.hpp"
#include "coimap/wire/kept.hpp"
#include "coimap/wire/response.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace coimap {

/// One `BODY[section]<origin>` or `BINARY[section]<origin>` with its octets.
struct body_section {
    std::string_view
        section; ///< between the brackets, as sent: "", "TEXT", "1.2.MIME", "HEADER.FIELDS (DATE)"
    std::optional<std::uint64_t> origin; ///< of a partial fetch
    nstring content;                     ///< NIL when there is no such part, and when it was streamed
    std::uint64_t size = 0;              ///< octets, also of a streamed one
    bool binary = false;                 ///< BINARY[]: the transfer encoding is undone
    bool streamed = false;               ///< the octets went to a sink and are not here

    friend bool operator==(const body_section&, const body_section&) = default;
};

/// `BINARY.SIZE[section]` (RFC 3516).
struct binary_size {
    std::string_view section;
    std::uint64_t size = 0;

    friend bool operator==(const binary_size&, const binary_size&) = default;
};

/// A FETCH item of an extension: its name and value as sent.
struct fetch_extension {
    std::string_view name;
    std::string_view bytes;
    value parsed;

    friend bool operator==(const fetch_extension&, const fetch_extension&) = default;
};

/// Every field is there when the server sent it. Views: see `kept<fetch_data>` for messages that stay.
///
/// What the server sends twice in one response has the value that came last, and where the item has one value
/// (UID, FLAGS, ENVELOPE ...) there is a defect "fetch.duplicate-item". Sections and extensions all stay in
/// their lists, in their order.
struct fetch_data {
    static const wire::rule rule;

    std::uint32_t sequence_number = 0;
    std::optional<std::uint32_t> uid;
    std::optional<flag_list> flags;
    std::optional<date_time> internal_date;
    std::optional<std::uint64_t> size;   ///< RFC822.SIZE
    std::optional<std::uint64_t> modseq; ///< CONDSTORE (RFC 7162)
    const coimap::envelope* envelope = nullptr;
    const coimap::body_structure* structure = nullptr; ///< BODYSTRUCTURE, or BODY without extension data
    list<body_section> sections;
    list<binary_size> binary_sizes;
    list<fetch_extension> extensions;

    /// The octets of `BODY[section]`, the name compared without case; NIL when absent. RFC822, RFC822.HEADER
    /// and RFC822.TEXT stand here as "", "HEADER" and "TEXT". Of a section that came twice, the last.
    nstring body(std::string_view section = {}) const noexcept;
};

/// A message that the application keeps: it owns its octets, in one block.
using message = kept<fetch_data>;

} // namespace coimap
