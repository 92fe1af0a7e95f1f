#pragma once
// The one place where bytes that go to the server are made. Each argument is written by its type; what cannot
// be written safely sets an error, and then nothing of the command is sent at all.

#include "coimap/core/result.hpp"
#include "coimap/model/date_time.hpp"
#include "coimap/model/flag.hpp"
#include "coimap/model/mailbox_name.hpp"
#include "coimap/model/message_set.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::wire {

/// What the server has agreed to by now.
struct writer_options {
    bool literal_plus = false;  ///< LITERAL+ (RFC 7888): non-synchronizing literals of any size
    bool literal_minus = false; ///< LITERAL- or IMAP4rev2: such literals up to 4096 octets
    bool utf8_names = false;    ///< UTF8=ACCEPT or IMAP4rev2 enabled
    bool utf8_quoted = false;   ///< quoted strings may hold UTF-8
    bool binary = false;        ///< literal8 (RFC 3516)
};

/// A literal whose octets are not in the command: the caller brings them when the server is ready.
struct streamed_literal {
    std::size_t offset = 0; ///< in encoded_command::bytes: where the octets belong
    std::uint64_t size = 0;
};

/// A command ready to be sent: `tag SP ... CRLF`.
struct encoded_command {
    std::string bytes;
    std::vector<std::size_t> sync_points; ///< offsets at which the server's `+` has to be awaited
    std::vector<streamed_literal> streamed;
    bool secret = false; ///< never to be traced
};

class command_writer {
public:
    command_writer(std::string_view tag, const writer_options& options);

    // Structure. Spaces are explicit: the writer never guesses.
    command_writer& sp();
    command_writer& open();  ///< (
    command_writer& close(); ///< )
    /// Text of the program's own, e.g. a command's name: ASCII without controls and literals, else an error.
    command_writer& raw(std::string_view text);
    /// The whole rest of the command as a person typed it: no controls, and nothing at its end that would
    /// announce a literal; 8-bit only where quoted strings may be UTF-8.
    command_writer& line(std::string_view text);

    // Arguments.
    command_writer& atom(std::string_view text); ///< an error when it is no atom
    command_writer& number(std::uint64_t value);
    command_writer& astring(std::string_view text); ///< atom, quoted or literal, whichever fits
    command_writer& string(std::string_view text);  ///< quoted or literal
    command_writer& quoted(std::string_view text);  ///< an error when it cannot be quoted
    command_writer& nil();
    command_writer& mailbox(const mailbox_name& name);
    command_writer& list_mailbox(std::string_view utf8_pattern); ///< with the wildcards % and *
    command_writer& set(const message_set& set);
    command_writer& flags(const flag_set& flags); ///< in parentheses, maybe empty
    command_writer& date(const coimap::date& day);
    command_writer& date_time(const coimap::date_time& moment); ///< quoted
    command_writer&
    literal(std::string_view octets);             ///< no NUL; literal8 where the server has it and it must be
    command_writer& streamed(std::uint64_t size); ///< the caller brings the octets later

    /// The rest of the command must not appear in a trace.
    command_writer& secret();

    const writer_options& options() const noexcept { return options_; }

    /// The first thing that could not be written, or no error.
    std::error_code error() const noexcept { return error_; }
    void fail(errc code) noexcept;

    /// Ends the command with CRLF. After an error the error.
    result<encoded_command> finish() &&;

private:
    void literal_header(std::uint64_t size, bool binary);

    writer_options options_;
    encoded_command command_;
    std::error_code error_;
};

} // namespace coimap::wire
