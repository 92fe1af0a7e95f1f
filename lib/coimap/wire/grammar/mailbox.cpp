#include "coimap/core/utf7.hpp"
#include "coimap/core/utf8.hpp"
#include "coimap/wire/grammar.hpp"

#include <algorithm>

namespace coimap::wire {

namespace {

// An unquoted name with spaces, tabs or brackets in it: all up to what follows a name, a list in parentheses.
bool rest_of_line(lexer& input, const char* start, std::string_view& name) {
    input.go_to(start);
    const std::string_view rest = input.rest();
    std::size_t size = rest.size();
    while (size > 0 && rest[size - 1] == ' ')
        --size;
    if (size > 0 && rest[size - 1] == ')') {
        // The parenthesis that opens the list at the end: `a b ("CHILDINFO" ("SUBSCRIBED"))`.
        std::size_t depth = 0;
        for (std::size_t i = size; i-- > 0;) {
            if (rest[i] == ')')
                ++depth;
            else if (rest[i] == '(' && --depth == 0) {
                // A list holds a name and a value; `(old)` belongs to the mailbox.
                const bool is_list = i > 0 && rest[i - 1] == ' ' &&
                                     rest.substr(i, size - i).find(' ') != std::string_view::npos;
                size = is_list ? i : size;
                break;
            }
        }
    }
    while (size > 0 && rest[size - 1] == ' ')
        --size;
    if (size == 0)
        return input.fail("mailbox.missing");
    name = rest.substr(0, size);
    input.go_to(start + size);
    input.defect("mailbox.unquoted", start);
    return true;
}

} // namespace

mailbox_text decode_mailbox(lexer& input, std::string_view wire, const char* from) {
    mailbox_text mailbox{wire, wire};
    bool plain = true;
    bool control = false;
    for (const char c : wire) {
        plain = plain && static_cast<unsigned char>(c) < 0x80 && c != '&';
        control = control || is_control(c);
    }
    if (control)
        input.defect("mailbox.control-character", from);
    if (plain) {
        if (wire.size() == 5 && iequals(wire, "INBOX"))
            mailbox.name = "INBOX";
        return mailbox;
    }
    if (input.options().utf8_names) {
        if (!is_utf8(wire))
            input.defect("mailbox.utf8", from);
        return mailbox;
    }
    const auto decoded = decode_utf7(wire);
    if (!decoded) {
        input.defect("mailbox.utf7", from);
        return mailbox;
    }
    if (!control && std::any_of(decoded->begin(), decoded->end(), is_control))
        input.defect("mailbox.control-character", from);
    mailbox.name = input.memory().copy(*decoded);
    return mailbox;
}

bool parse_mailbox(lexer& input, mailbox_text& mailbox) {
    const char* const start = input.place();
    std::string_view wire;
    if (input.peek() == '"' || input.at_literal()) {
        if (!input.string(wire))
            return false;
    } else {
        while (!input.at_end() && is_octet(input.peek(), astring_octet))
            input.go_to(input.place() + 1);
        wire = input.since(start);
        const char next = input.peek();
        const bool ends = input.at_end() || (next == ' ' && (input.peek(1) == '(' || input.peek(1) == ' ')) ||
                          (next == ' ' && input.end() - input.place() == 1);
        if ((wire.empty() || !ends) && !rest_of_line(input, start, wire))
            return false;
    }
    mailbox = decode_mailbox(input, wire, start);
    return true;
}

} // namespace coimap::wire
