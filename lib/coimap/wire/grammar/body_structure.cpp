#include "coimap/wire/grammar.hpp"

#include <algorithm>
#include <array>

namespace coimap::wire {

namespace {

using kind = body_structure::kind;

// What servers without a care leave out can be guessed only for words that leave no doubt.
bool is_multipart_subtype(std::string_view word) noexcept {
    constexpr std::array known = {"ALTERNATIVE", "MIXED",  "RELATED",  "REPORT",    "SIGNED",
                                  "ENCRYPTED",   "DIGEST", "PARALLEL", "FORM-DATA", "APPLEDOUBLE"};
    return std::any_of(known.begin(), known.end(),
                       [&](std::string_view each) { return iequals(each, word); });
}

bool is_media_type(std::string_view word) noexcept {
    constexpr std::array known = {"TEXT",    "APPLICATION", "IMAGE", "AUDIO", "VIDEO",
                                  "MESSAGE", "MULTIPART",   "FONT",  "MODEL"};
    return std::any_of(known.begin(), known.end(),
                       [&](std::string_view each) { return iequals(each, word); });
}

bool is(std::string_view text, std::string_view upper) noexcept {
    return text.size() == upper.size() && (text == upper || iequals(text, upper));
}

bool parse_body(lexer& input, body_structure& value, std::size_t depth);

// --- Multiparts.

bool finish_multipart(lexer& input, body_structure& value) {
    value.form = kind::multipart;
    value.type = "MULTIPART";
    return parse_body_extensions(input, value, body_extension::parameters);
}

// Whether there is another part behind the spaces here.
bool part_follows(const lexer& input) noexcept {
    const std::string_view rest = input.rest();
    const std::size_t behind = rest.find_first_not_of(' ');
    return behind != std::string_view::npos && rest[behind] == '(';
}

// Behind the opening parenthesis, at that of the first part.
bool parse_multipart(lexer& input, body_structure& value, std::size_t depth) {
    list_builder<body_structure, 2> parts(input.memory());
    for (;;) {
        const char* const start = input.place();
        if (input.peek() == '(') {
            if (input.is_full(parts.size()))
                return input.fail("limit.list");
            body_structure part;
            if (!parse_body(input, part, depth + 1))
                return false;
            parts.push_back(part);
        } else if (part_follows(input)) {
            while (input.take(' ')) {
            }
            input.defect("body.space-between-parts", start);
        } else {
            break;
        }
    }
    value.parts = parts.finish();
    if (!input.element(false)) {
        input.defect("body.no-subtype", input.place());
        value.form = kind::multipart;
        value.type = "MULTIPART";
        return true;
    }
    nstring subtype;
    if (!input.nstring(subtype))
        return false;
    if (!subtype)
        input.defect("body.no-subtype", input.place() - 3);
    value.subtype = subtype.value_or(std::string_view{});
    return finish_multipart(input, value);
}

// Behind the parameters, or NIL, that stand at `start` where the subtype is due.
bool finish_empty_multipart(lexer& input, body_structure& value, std::string_view subtype,
                            const char* start) {
    value.form = kind::multipart;
    value.type = "MULTIPART";
    value.subtype = subtype;
    input.defect("body.empty-multipart", start, start);
    return parse_body_extensions(input, value, body_extension::disposition);
}

// --- Single parts.

// The number of octets or lines; NIL from some servers.
bool parse_count(lexer& input, std::uint64_t& count) {
    const char* const start = input.place();
    if (input.nil()) {
        count = 0;
        input.defect("body.count-nil", start);
        return true;
    }
    return input.number64(count);
}

bool parse_encoding(lexer& input, nstring& encoding) {
    const char* const start = input.place();
    if (!input.nstring(encoding))
        return false;
    if (!encoding)
        input.defect("body.encoding-nil", start);
    return true;
}

// Envelope, structure and lines of an attached message, in front of the envelope.
bool parse_attached(lexer& input, body_structure& value, std::size_t depth) {
    auto* const attached = input.memory().make<envelope>();
    if (!parse_envelope(input, *attached))
        return false;
    value.form = kind::message;
    value.message_envelope = attached;
    if (!input.element(false))
        return input.fail("body.message-cut-off");
    auto* const body = input.memory().make<body_structure>();
    if (!parse_body(input, *body, depth + 1))
        return false;
    value.message_body = body;
    return true;
}

// Whether ` NIL` stands for the lines: a digest, or NIL for it, follows, in front of the disposition.
bool nil_for_lines(lexer& input) {
    const char* const start = input.place();
    std::size_t fields = 0;
    for (; input.peek() == ' '; ++fields) {
        input.go_to(input.place() + 1);
        if (fields == 0 && !input.at_nil())
            break;
        const char* const field = input.place();
        input.skip_value();
        if (input.place() == field)
            break;
    }
    input.go_to(start);
    return fields == 5;
}

// Behind the octets: what depends on the type, then the extension data.
bool parse_rest(lexer& input, body_structure& value, std::size_t depth) {
    const bool is_message = is(value.type, "MESSAGE");
    const bool has_message = is_message && (is(value.subtype, "RFC822") || is(value.subtype, "GLOBAL"));
    const bool is_text = is(value.type, "TEXT");
    if (is_text)
        value.form = kind::text;
    if (!is_text && !is_message)
        return parse_body_extensions(input, value, body_extension::md5);

    const char* const start = input.place();
    const bool counts = input.peek() == ' ' && (is_digit(input.peek(1)) || input.peek(1) == '-');
    if (is_text) {
        if (!counts) {
            input.defect("body.lines-missing", start, start);
            // NIL for the lines, or for the digest of a part without them: only the number of fields tells.
            if (nil_for_lines(input))
                input.go_to(start + 4);
            return parse_body_extensions(input, value, body_extension::md5);
        }
        input.gap();
        if (!input.number64(value.lines))
            return false;
        return parse_body_extensions(input, value, body_extension::md5);
    }
    const bool envelope_follows = input.peek() == '(' || (input.peek() == ' ' && input.peek(1) == '(');
    if (!envelope_follows) {
        if (has_message)
            input.defect("body.message-as-basic", start, start);
        return parse_body_extensions(input, value, body_extension::md5);
    }
    if (!has_message)
        input.defect("body.basic-as-message", start, start);
    input.gap();
    if (!parse_attached(input, value, depth))
        return false;
    if (!input.element(false)) {
        input.defect("body.lines-missing", input.place(), input.place());
        return true;
    }
    if (!parse_count(input, value.lines))
        return false;
    return parse_body_extensions(input, value, body_extension::md5);
}

// From the parameters on.
bool parse_fields(lexer& input, body_structure& value, std::size_t depth) {
    const auto next = [&] { return input.element(false) || input.fail("body.cut-off"); };
    if (!parse_parameters(input, value.parameters) || !next() || !input.nstring(value.id) || !next() ||
        !input.nstring(value.description) || !next() || !parse_encoding(input, value.encoding) || !next() ||
        !parse_count(input, value.octets))
        return false;
    return parse_rest(input, value, depth);
}

// Behind the type, where parameters stand instead of the subtype: `("ALTERNATIVE" ("BOUNDARY" "x") NIL NIL)`
// is a multipart without parts, `("PLAIN" ("CHARSET" "utf-8") NIL NIL "7BIT" 1 1)` a part that lacks one of
// the two.
bool parse_without_subtype(lexer& input, body_structure& value, std::string_view only, std::size_t depth) {
    const char* const start = input.place();
    if (is_multipart_subtype(only)) {
        return parse_parameters(input, value.parameters) && finish_empty_multipart(input, value, only, start);
    }
    if (is_media_type(only)) {
        value.type = only;
        input.defect("body.no-subtype", start, start);
    } else {
        value.subtype = only;
        input.defect("body.no-type", start, start);
    }
    return parse_fields(input, value, depth);
}

// Behind the opening parenthesis, at a string.
bool parse_single(lexer& input, body_structure& value, std::size_t depth) {
    const char* const start = input.place();
    nstring type;
    nstring subtype;
    if (!input.nstring(type))
        return false;
    if (!input.element(false)) {
        const bool multi = type && is_multipart_subtype(*type);
        input.defect(multi ? "body.empty-multipart" : "body.cut-off", start);
        value.form = multi ? kind::multipart : kind::basic;
        (multi ? value.subtype : value.type) = type.value_or(std::string_view{});
        if (multi)
            value.type = "MULTIPART";
        return true;
    }
    if (input.peek() == '(')
        return parse_without_subtype(input, value, type.value_or(std::string_view{}), depth);
    if (!input.nstring(subtype))
        return false;
    if (!subtype && type && is_multipart_subtype(*type))
        return finish_empty_multipart(input, value, *type, start);
    value.type = type.value_or(std::string_view{});
    value.subtype = subtype.value_or(std::string_view{});
    if (value.type.empty() && is_multipart_subtype(value.subtype)) {
        input.defect("body.empty-multipart", start);
        return finish_multipart(input, value);
    }
    if (is(value.type, "MULTIPART")) {
        input.defect("body.empty-multipart", start);
        return finish_multipart(input, value);
    }
    if (value.type.empty())
        input.defect("body.no-type", start);
    if (value.subtype.empty())
        input.defect("body.no-subtype", start);
    if (!input.element(false)) {
        input.defect("body.cut-off", start);
        return true;
    }
    return parse_fields(input, value, depth);
}

bool parse_body(lexer& input, body_structure& value, std::size_t depth) {
    const char* const start = input.place();
    if (depth >= input.deepest())
        return input.fail("limit.nesting");
    if (input.nil()) {
        input.defect("body.nil", start);
        return true;
    }
    if (!input.take('('))
        return input.fail("body.malformed");
    if (input.take(')')) {
        input.defect("body.nil", start);
        return true;
    }
    return input.peek() == '(' ? parse_multipart(input, value, depth) : parse_single(input, value, depth);
}

} // namespace

bool parse_body_structure(lexer& input, body_structure& value) {
    return parse_body(input, value, 0);
}

} // namespace coimap::wire
