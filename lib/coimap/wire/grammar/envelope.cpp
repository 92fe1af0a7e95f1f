#include "coimap/wire/grammar.hpp"

namespace coimap::wire {

namespace {

bool is_missing(const nstring& text) noexcept {
    return !text || text->empty();
}

// SmarterMail has been seen to give the address in the place of the name, and the name in one of the
// address's.
bool turn_round(address& value) noexcept {
    if (is_missing(value.name) || is_missing(value.mailbox) == is_missing(value.host))
        return false;
    const std::string_view whole = *value.name;
    const auto at = whole.find('@');
    if (at == 0 || at == std::string_view::npos || at + 1 == whole.size() || at != whole.rfind('@') ||
        whole.find(' ') != std::string_view::npos)
        return false;
    value.name = is_missing(value.mailbox) ? value.host : value.mailbox;
    value.mailbox = whole.substr(0, at);
    value.host = whole.substr(at + 1);
    return true;
}

// Behind the opening parenthesis of one address, and behind its closing one afterwards.
bool parse_address(lexer& input, address& value) {
    const char* const start = input.place() - 1;
    nstring* const fields[] = {&value.name, &value.route, &value.mailbox, &value.host};
    std::size_t count = 0;
    for (; input.element(count == 0); ++count) {
        if (count < 4) {
            if (!input.nstring(*fields[count]))
                return false;
        } else {
            input.skip_value();
        }
    }
    if (count < 4)
        input.defect("address.short", start);
    else if (count > 4)
        input.defect("address.long", start);
    if (turn_round(value))
        input.defect("address.flipped", start);
    return true;
}

bool parse_addresses(lexer& input, list<address>& addresses) {
    addresses = {};
    if (input.nil())
        return true;
    const char* const start = input.place();
    if (!input.take('('))
        return input.fail("address-list.malformed");
    if (input.take(')')) {
        input.defect("nil.empty-list", start);
        return true;
    }
    list_builder<address, 4> found(input.memory());
    for (;;) {
        const char* const item = input.place();
        if (input.take('(')) {
            address value;
            if (!parse_address(input, value)) {
                input.skip_failed(item, item);
            } else {
                if (input.is_full(found.size()))
                    return input.fail("limit.list");
                found.push_back(value);
            }
        } else if (input.take(')')) {
            break;
        } else if (input.sp()) {
            input.defect("address-list.space", item);
        } else if (input.nil()) {
            input.defect("address.nil", item);
        } else if (input.at_end()) {
            return input.fail("list.unclosed");
        } else {
            input.skip_value();
            if (input.place() == item)
                return input.fail("address-list.malformed");
            input.defect("address.malformed", item);
        }
    }
    addresses = found.finish();
    return true;
}

// Most messages have the same row of addresses as From, as Sender and as Reply-To: what has been read need
// not be read again.
class repeated_addresses {
public:
    bool operator()(lexer& input, list<address>& addresses) {
        if (!octets_.empty() && input.rest().starts_with(octets_)) {
            input.go_to(input.place() + octets_.size());
            addresses = read_;
            return true;
        }
        const char* const start = input.place();
        const std::size_t defects = input.defect_count();
        if (!parse_addresses(input, addresses))
            return false;
        // A second time it would have the same defects, which belong to a place of their own.
        if (!addresses.empty() && input.defect_count() == defects) {
            octets_ = input.since(start);
            read_ = addresses;
        }
        return true;
    }

private:
    std::string_view octets_;
    list<address> read_;
};

// One field of the envelope: a bad one is left out, its neighbours stay. Where a string does not close,
// nothing behind it can be trusted.
template<class Parse, class Field>
bool parse_field(lexer& input, Parse&& parse, Field& field) {
    const char* const start = input.place();
    if (parse(input, field))
        return true;
    if (input.failure() == "quoted-string.unclosed")
        return false;
    field = {};
    input.skip_failed(start, start);
    return true;
}

bool parse_text(lexer& input, nstring& text) {
    return input.nstring(text);
}

} // namespace

bool parse_envelope(lexer& input, envelope& value) {
    const char* const start = input.place();
    if (!input.take('('))
        return input.fail("envelope.malformed");
    bool extra_parenthesis = false;
    if (input.peek() == '(' && input.peek(1) != '(') {
        input.take('(');
        input.defect("envelope.extra-parentheses", start);
        extra_parenthesis = true;
    }

    constexpr std::size_t fields = 10;
    list<address>* const addresses[] = {&value.from, &value.sender, &value.reply_to,
                                        &value.to,   &value.cc,     &value.bcc};
    repeated_addresses parse_row;
    std::size_t count = 0;
    for (bool readable = true; input.element(count == 0); ++count) {
        switch (count) {
        case 0:
            readable = parse_field(input, parse_text, value.date);
            break;
        case 1:
            readable = parse_field(input, parse_text, value.subject);
            break;
        case 2:
        case 3:
        case 4:
        case 5:
        case 6:
        case 7:
            readable = parse_field(input, parse_row, *addresses[count - 2]);
            break;
        case 8:
            readable = parse_field(input, parse_text, value.in_reply_to);
            break;
        case 9:
            readable = parse_field(input, parse_text, value.message_id);
            break;
        default: {
            const char* const extra = input.place();
            input.skip_value();
            input.defect("envelope.extra-field", extra);
            break;
        }
        }
        if (!readable)
            return false;
    }
    if (extra_parenthesis)
        input.take(')');
    if (count < fields)
        input.defect("envelope.short", start);
    return true;
}

} // namespace coimap::wire
