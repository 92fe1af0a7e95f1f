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

// --- Extension data. Everything in it may be missing, and much of it is seen at other places than its own.

bool parse_disposition(lexer& input, std::optional<disposition>& value) {
    value.reset();
    if (input.nil())
        return true;
    const char* const start = input.place();
    disposition found;
    if (input.peek() != '(') {
        if (!input.string(found.type))
            return false;
        input.defect("disposition.bare-string", start);
        value = found;
        return true;
    }
    input.take('(');
    if (input.take(')')) {
        input.defect("nil.empty-list", start);
        return true;
    }
    const bool doubled = input.take('(');
    if (doubled)
        input.defect("disposition.extra-parentheses", start);
    nstring type;
    if (!input.nstring(type))
        return false;
    bool parameters = false;
    while (input.element(false)) {
        if (parameters) {
            const char* const extra = input.place();
            input.skip_value();
            input.defect("disposition.extra-element", extra);
        } else if (!parse_parameters(input, found.parameters)) {
            return false;
        }
        parameters = true;
    }
    if (doubled)
        input.take(')');
    if (!type) {
        input.defect("disposition.nil-type", start);
        return true;
    }
    if (!parameters)
        input.defect("disposition.no-parameters", start);
    found.type = *type;
    if (found.type.size() > 2 && found.type.front() == '"' && found.type.back() == '"') {
        found.type = found.type.substr(1, found.type.size() - 2);
        input.defect("disposition.doubly-quoted", start);
    }
    value = found;
    return true;
}

// `("type" (`, or `("attachment" NIL)`: a disposition where the language should be.
bool looks_like_disposition(const lexer& input) noexcept {
    const std::string_view rest = input.rest();
    if (rest.size() < 2 || rest[0] != '(' || rest[1] != '"')
        return false;
    const std::size_t quote = rest.find('"', 2);
    if (quote == std::string_view::npos)
        return false;
    const std::string_view type = rest.substr(2, quote - 2);
    const bool known = iequals(type, "attachment") || iequals(type, "inline");
    return rest.substr(quote, 3) == "\" (" || (known && iequals(rest.substr(quote, 6), "\" NIL)"));
}

bool parse_languages(lexer& input, body_structure& value) {
    value.languages = {};
    if (input.nil())
        return true;
    const char* const start = input.place();
    list_builder<std::string_view, 4> found(input.memory());
    if (input.peek() != '(') {
        std::string_view one;
        if (!input.string(one))
            return false;
        found.push_back(one);
        value.languages = found.finish();
        return true;
    }
    if (!value.disposition && looks_like_disposition(input)) {
        input.defect("disposition.swapped-with-language", start, start);
        return parse_disposition(input, value.disposition);
    }
    input.take('(');
    bool any = false;
    for (bool first = true; input.element(first); first = false) {
        any = true;
        nstring one;
        const char* const item = input.place();
        if (!input.nstring(one))
            return false;
        if (!one)
            input.defect("language.nil", item);
        else if (input.is_full(found.size()))
            return input.fail("limit.list");
        else
            found.push_back(*one);
    }
    if (!any)
        input.defect("nil.empty-list", start);
    value.languages = found.finish();
    return true;
}

bool parse_location(lexer& input, body_structure& value) {
    return input.nstring(value.location);
}

bool parse_md5(lexer& input, body_structure& value) {
    const char* const start = input.place();
    if (is_digit(input.peek())) {
        std::uint64_t lines = 0;
        if (!input.number64(lines))
            return false;
        // The lines of a text stand in their own place; those here are of a part that should have none.
        if (value.form == kind::basic)
            value.lines = lines;
        input.defect("body.lines-unexpected", start);
        return true;
    }
    return input.nstring(value.md5);
}

bool parse_disposition_field(lexer& input, body_structure& value) {
    return parse_disposition(input, value.disposition);
}

bool parse_parameters_field(lexer& input, body_structure& value) {
    return parse_parameters(input, value.parameters);
}

using extension = bool (*)(lexer&, body_structure&);
constexpr extension single_part[] = {parse_md5, parse_disposition_field, parse_languages, parse_location};
constexpr extension multipart[] = {parse_parameters_field, parse_disposition_field, parse_languages,
                                   parse_location};

// To the closing parenthesis of the body. What does not fit its place is skipped; what stands behind the last
// known field is kept.
bool parse_extensions(lexer& input, body_structure& value, std::span<const extension> fields, bool first) {
    list_builder<coimap::value, 2> more(input.memory());
    std::size_t next = 0;
    for (; input.element(first); first = false) {
        const char* const start = input.place();
        if (next < fields.size()) {
            // A number of lines in front of the digest is no digest.
            const bool is_lines = fields[next] == parse_md5 && is_digit(input.peek());
            if (!fields[next](input, value)) {
                if (input.failure() == "quoted-string.unclosed")
                    return false;
                input.skip_failed(start, start);
            }
            next += is_lines ? 0 : 1;
            continue;
        }
        coimap::value extra;
        if (!input.value(extra)) {
            input.skip_failed(start, start);
            continue;
        }
        if (input.is_full(more.size()))
            return input.fail("limit.list");
        more.push_back(extra);
    }
    value.extensions = more.finish();
    return true;
}

// --- Multiparts.

bool finish_multipart(lexer& input, body_structure& value, bool first) {
    value.form = kind::multipart;
    value.type = "MULTIPART";
    return parse_extensions(input, value, multipart, first);
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
    return finish_multipart(input, value, false);
}

// Behind the parameters, or NIL, that stand at `start` where the subtype is due.
bool finish_empty_multipart(lexer& input, body_structure& value, std::string_view subtype,
                            const char* start) {
    value.form = kind::multipart;
    value.type = "MULTIPART";
    value.subtype = subtype;
    input.defect("body.empty-multipart", start, start);
    return parse_extensions(input, value, std::span(multipart).subspan(1), false);
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
        return parse_extensions(input, value, single_part, false);

    const char* const start = input.place();
    const bool counts = input.peek() == ' ' && (is_digit(input.peek(1)) || input.peek(1) == '-');
    if (is_text) {
        if (!counts) {
            input.defect("body.lines-missing", start, start);
            // NIL for the lines, or for the digest of a part without them: only the number of fields tells.
            if (nil_for_lines(input))
                input.go_to(start + 4);
            return parse_extensions(input, value, single_part, false);
        }
        input.gap();
        if (!input.number64(value.lines))
            return false;
        return parse_extensions(input, value, single_part, false);
    }
    const bool envelope_follows = input.peek() == '(' || (input.peek() == ' ' && input.peek(1) == '(');
    if (!envelope_follows) {
        if (has_message)
            input.defect("body.message-as-basic", start, start);
        return parse_extensions(input, value, single_part, false);
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
    return parse_extensions(input, value, single_part, false);
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
        return finish_multipart(input, value, false);
    }
    if (is(value.type, "MULTIPART")) {
        input.defect("body.empty-multipart", start);
        return finish_multipart(input, value, false);
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

bool parse_parameters(lexer& input, list<parameter>& parameters) {
    parameters = {};
    if (input.nil())
        return true;
    const char* const start = input.place();
    if (!input.take('('))
        return input.fail("parameters.malformed");
    list_builder<parameter, 4> found(input.memory());
    bool any = false;
    for (bool first = true; input.element(first); first = false) {
        any = true;
        const char* const item = input.place();
        parameter one;
        nstring name;
        if (input.peek() == '(') {
            input.skip_value();
            input.defect("parameters.extra-list", item);
            continue;
        }
        if (!input.nstring(name))
            return false;
        const bool paired = input.element(false);
        if (paired && !input.nstring(one.value))
            return false;
        if (input.is_full(found.size()))
            return input.fail("limit.list");
        if (name) {
            one.name = *name;
            found.push_back(one);
        }
        if (!name)
            input.defect("parameters.nil-name", item);
        if (paired && !one.value)
            input.defect("parameters.nil-value", item);
        if (!paired) {
            input.defect("parameters.no-value", item);
            break;
        }
    }
    if (!any)
        input.defect("nil.empty-list", start);
    parameters = found.finish();
    return true;
}

bool parse_body_structure(lexer& input, body_structure& value) {
    return parse_body(input, value, 0);
}

} // namespace coimap::wire
