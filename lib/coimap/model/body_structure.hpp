#pragma once
// The MIME structure of a message (RFC 9051 section 7.5.2: BODYSTRUCTURE and BODY), a tree of views.

#include "coimap/model/envelope.hpp"
#include "coimap/model/value.hpp"
#include "coimap/model/value_sink.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace coimap {

/// A MIME parameter. Some servers send NIL for the value.
struct parameter {
    std::string_view name;
    nstring value;

    friend bool operator==(const parameter&, const parameter&) = default;
};

struct disposition {
    std::string_view type; ///< "attachment", "inline", ...
    list<parameter> parameters;

    friend bool operator==(const disposition&, const disposition&) = default;
};

struct body_structure {
    enum class kind : std::uint8_t { basic, text, message, multipart };

    kind form = kind::basic;
    std::string_view type;    ///< "TEXT"; of a multipart "MULTIPART", which is not on the wire
    std::string_view subtype; ///< "PLAIN"; empty when the server left it out
    list<parameter> parameters;

    // Single parts.
    nstring id;
    nstring description;
    nstring encoding; ///< NIL from some servers: 7BIT is meant
    std::uint64_t octets = 0;
    std::uint64_t lines = 0; ///< text and message only

    // message/rfc822 and message/global.
    const coimap::envelope* message_envelope = nullptr;
    const body_structure* message_body = nullptr;

    // Multiparts.
    list<body_structure> parts;

    // Extension data: only in BODYSTRUCTURE, and there as far as the server sends it.
    nstring md5; ///< single parts only
    std::optional<coimap::disposition> disposition;
    list<std::string_view> languages;
    nstring location;
    list<value> extensions; ///< what stands behind the location

    bool is_multipart() const noexcept { return form == kind::multipart; }

    /// The value of a parameter, its name without case; NIL when absent.
    nstring parameter_value(std::string_view name) const noexcept;

    friend bool operator==(const body_structure& a, const body_structure& b);
};

void describe(value_sink& sink, const parameter& value);
void describe(value_sink& sink, const disposition& value);
void describe(value_sink& sink, const body_structure& value);

} // namespace coimap
