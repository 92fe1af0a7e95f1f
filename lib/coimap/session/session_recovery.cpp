// A server that announces more octets than it sends (seen with large parts) would hang its client for ever:
// the tagged answer is taken for octets of the literal. Only once nothing came for so long that the
// connection is given up anyway, what has arrived is looked at again.

#include "coimap/session/session.hpp"

namespace coimap {

/// When the stalled literal ends with the tagged answer of a command under way, its message is what lies
/// before: delivers both, and ends the session, since framing that was guessed is not to be trusted any
/// further.
bool session::recover_short_literal(time_point now) {
    const auto begin = framer_.open_literal();
    if (!begin)
        return false;
    const std::string arrived(input_.view());
    for (const command_entry& entry : commands_) {
        if (!entry.under_way())
            continue;
        const std::size_t answer = arrived.rfind("\r\n" + commands_.tag(entry.id) + " ");
        const std::size_t end = answer == std::string::npos ? answer : arrived.rfind(')', answer);
        if (end == std::string::npos || end < *begin || !arrived.ends_with("\r\n"))
            continue;
        const std::string head = arrived.substr(0, arrived.rfind('{', *begin));
        const std::string octets = arrived.substr(*begin, end - *begin);
        std::string mended = head + "{" + std::to_string(octets.size()) + "}\r\n";
        mended.append(octets).append(")\r\n");
        framer_.reset();
        dispatch(mended, now);
        if (!failed())
            dispatch(std::string_view(arrived).substr(answer + 2), now);
        diagnostics details;
        details.text = "a literal was shorter than announced";
        fail(make_error_code(errc::protocol_violation), std::move(details));
        return true;
    }
    return false;
}

} // namespace coimap
