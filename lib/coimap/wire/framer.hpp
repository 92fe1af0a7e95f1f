#pragma once
// Finds where a response ends: at the CRLF of its last line, where every line but the last ends in a literal
// marker that is followed by that many octets (RFC 9051 section 4.3). Nothing else is looked at, quoted
// strings least of all; so framing survives every response that makes no sense. Text holds no literals,
// whatever it looks like: that of a status response behind its code, and a line that is no response.

#include "coimap/core/limits.hpp"
#include "coimap/core/result.hpp"
#include "coimap/wire/first_line.hpp"
#include "coimap/wire/response.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace coimap::wire {

/// What became of the octets that were looked at.
struct frame {
    enum class kind : std::uint8_t {
        incomplete, ///< more octets are needed
        complete,   ///< the first `size` octets are one response
        literal, ///< the first `size` octets end with a literal marker, and `literal` octets follow: decide
        broken,  ///< a budget was passed: `error`
    };
    kind type = kind::incomplete;
    std::size_t size = 0;
    std::uint64_t literal = 0;
    std::error_code error;
};

/// Keeps its place between calls, so every octet is looked at once however the input is cut.
class framer {
public:
    explicit framer(const coimap::limits& limits) noexcept : limits_(limits) {}

    /// Looks at the octets that were not there at the last call. `buffer` begins where the current response
    /// begins and holds all of it that has arrived (without literals that were taken away).
    frame advance(std::string_view buffer);

    /// Answers frame::literal: the literal stays in the buffer and is part of the response.
    void keep_literal();

    /// Answers frame::literal: the caller takes the literal's octets itself; they never stand in the buffer.
    void take_literal();

    /// The current response was consumed; the next one starts.
    void reset() noexcept;

    /// The literals that were taken from the current response.
    const std::vector<elided_literal>& elided() const noexcept { return elided_; }

    /// Where the octets of a kept literal begin that has not arrived whole; nothing when there is none.
    std::optional<std::size_t> open_literal() const noexcept {
        return literal_left_ > 0 ? std::optional(line_start_) : std::nullopt;
    }

private:
    /// What the first line says about the rest.
    enum class shape : std::uint8_t { unknown, text, code, fetch, other };

    frame pass_line(std::string_view buffer, std::size_t line_end);
    frame too_large(errc code) noexcept;
    frame report(frame::kind type, std::size_t size) noexcept;
    std::size_t begin(std::string_view line);
    bool ends_in_text(std::string_view buffer, std::size_t line_end);

    coimap::limits limits_;
    std::size_t scanned_ = 0;        ///< octets of the buffer known to belong to the response
    std::size_t line_start_ = 0;     ///< where the current line (or the rest of it behind a literal) starts
    std::uint64_t literal_left_ = 0; ///< octets of a kept literal still to pass over
    std::uint64_t pending_ = 0;      ///< a literal about which the caller has to decide
    std::vector<elided_literal> elided_;
    std::uint64_t kept_octets_ = 0; ///< of the literals in the buffer
    std::size_t maybe_end_ = 0; ///< a line end that is the last one only if a new response follows; 0: none
    std::error_code error_;
    shape shape_ = shape::unknown;
    code_scanner code_; ///< of a status response whose bracket has not closed yet
    bool had_literal_ = false;
    bool undecided_ = false;
};

} // namespace coimap::wire
