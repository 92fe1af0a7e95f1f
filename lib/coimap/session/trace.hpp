#pragma once
// What went over the wire, for a person to read: no secret is in it, in neither direction. Credentials of
// LOGIN and the blobs of AUTHENTICATE are replaced, literals are left out, and the library's own commands are
// told apart from nothing: it is what was sent.

#include <string_view>

namespace coimap {

class trace {
public:
    virtual ~trace() = default;

    /// A line without its CRLF. Called from within the connection: it must be quick, and must not throw or
    /// use the connection.
    virtual void sent(std::string_view line) noexcept = 0;
    virtual void received(std::string_view line) noexcept = 0;

    /// What happened beside the protocol: "TLS 1.3 with mail.example.org", "closed: ...".
    virtual void note(std::string_view text) noexcept { (void)text; }
};

/// The octets of a whole command or response as lines for a trace: each literal as `{12}` and a mark in place
/// of its octets, other controls escaped.
void trace_octets(trace& log, bool sent, std::string_view octets);

} // namespace coimap
