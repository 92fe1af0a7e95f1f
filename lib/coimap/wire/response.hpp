#pragma once
// One response of the server, parsed: views into its octets and values in an arena. RFC 9051 section 7.
//
// The set of response types is open. Each type is a plain struct with a static member `rule`, which names it
// on the wire and knows how to parse and to describe it; `response::as<T>()` asks whether a response is of
// that type. A new type is one new file and one line in rules.cpp, or, in a program of one's own, one entry
// in parse_options::extra_rules. The same holds for response codes.

#include "coimap/core/arena.hpp"
#include "coimap/core/limits.hpp"
#include "coimap/model/value_sink.hpp"
#include "coimap/wire/defect.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace coimap::wire {

class lexer;

/// How one type of untagged response, or of response code, is read and shown.
struct rule {
    std::string_view name; ///< "LIST", or "APPENDUID" for a code; compared without case

    /// Reads what stands behind the name and returns the value, made in the lexer's arena; nullptr when it
    /// does not fit at all. Never throws. `number` is the message number in front of the name (`* 12 FETCH`),
    /// else 0.
    const void* (*parse)(lexer& input, std::uint32_t number);

    /// Writes the value's fields, without begin_object and end_object around them.
    void (*describe)(value_sink& sink, const void* data);
};

enum class status : std::uint8_t { ok, no, bad, preauth, bye };

/// The bracketed code of a status response (RFC 9051 section 7.1).
struct response_code {
    std::string_view name;      ///< as sent; empty when there is no code
    std::string_view arguments; ///< the octets behind the name, up to the bracket
    const wire::rule* rule =
        nullptr; ///< nullptr: a code that is not known, or with arguments that do not fit
    const void* data = nullptr;

    explicit operator bool() const noexcept { return !name.empty(); }
    bool is(std::string_view other) const noexcept; ///< without case

    template<class T>
    const T* as() const noexcept {
        return rule == &T::rule ? static_cast<const T*>(data) : nullptr;
    }
};

struct status_response {
    wire::status status = wire::status::ok;
    response_code code;
    std::string_view text;
};

struct response {
    enum class kind : std::uint8_t {
        continuation, ///< `+ ...`
        tagged,       ///< `tag OK ...`: the end of a command
        status,       ///< `* OK ...`, `* BYE ...`
        data,         ///< `* LIST ...`, `* 4 EXISTS`
        unreadable,   ///< no response at all; `defects` says why
    };

    kind type = kind::unreadable;
    std::string_view bytes;           ///< the whole response, with its last CRLF
    std::string_view tag;             ///< of a tagged response
    status_response state;            ///< of a tagged or status response; `text` of a continuation
    std::string_view name;            ///< of a data response: "LIST", as sent
    std::uint32_t number = 0;         ///< of `* 12 FETCH`
    const wire::rule* rule = nullptr; ///< of a data response; nullptr when the name is not known
    const void* data = nullptr;       ///< nullptr when the name is not known or nothing could be read
    std::string_view rest;            ///< of a data response: the octets behind the name
    list<defect> defects;
    std::string_view limit; ///< the budget that the response passed, as the name of its defect; empty: none

    template<class T>
    const T* as() const noexcept {
        return rule == &T::rule ? static_cast<const T*>(data) : nullptr;
    }
};

/// The place in a response from which a literal was taken away, to be streamed: its octets are not in
/// `bytes`.
struct elided_literal {
    std::size_t offset = 0; ///< where the literal's octets would begin: right behind its `{n}` CRLF
    std::uint64_t size = 0;
};

struct parse_options {
    coimap::limits limits;
    bool utf8_names = false; ///< mailbox names are UTF-8 (UTF8=ACCEPT, IMAP4rev2), not modified UTF-7
    std::span<const rule* const> extra_rules;      ///< responses of the program's own, asked first
    std::span<const rule* const> extra_code_rules; ///< the same for response codes
};

/// Reads one whole response, as the framer delimited it. Never fails and never throws: what cannot be read is
/// `unreadable` or has no `data`, with the reason among the defects. The result refers to `bytes` and to
/// `memory`.
response parse_response(std::string_view bytes, arena& memory, const parse_options& options,
                        std::span<const elided_literal> elided = {});

/// Writes the response as one object: its type, its fields, its defects.
void describe(value_sink& sink, const response& value);
void describe(value_sink& sink, const response_code& value);

} // namespace coimap::wire
