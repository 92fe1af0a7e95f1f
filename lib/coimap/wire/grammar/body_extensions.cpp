// The extension data of a body (RFC 9051 section 7.5.2), and its parameters. Everything in it may be missing,
// and much of it is seen at other places than its own.

#include "coimap/wire/grammar.hpp"

#include <span>

namespace coimap::wire {

namespace {

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

// `("type" (`, or `("attachment" NIL)`: a disposition where the digest or the language should be.
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
        if (value.form == body_structure::kind::basic)
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

using field_parser = bool (*)(lexer&, body_structure&);
constexpr field_parser multipart_fields[] = {parse_parameters_field, parse_disposition_field, parse_languages,
                                             parse_location};
constexpr field_parser single_part_fields[] = {parse_md5, parse_disposition_field, parse_languages,
                                               parse_location};

std::span<const field_parser> fields_from(body_extension first) noexcept {
    switch (first) {
    case body_extension::parameters:
        return multipart_fields;
    case body_extension::md5:
        return single_part_fields;
    case body_extension::disposition:
        break;
    }
    return std::span(multipart_fields).subspan(1);
}

} // namespace

// To the closing parenthesis of the body. What does not fit its place is skipped; what stands behind the last
// known field is kept.
bool parse_body_extensions(lexer& input, body_structure& value, body_extension first) {
    const std::span<const field_parser> fields = fields_from(first);
    list_builder<coimap::value, 2> more(input.memory());
    std::size_t next = 0;
    while (input.element(false)) {
        const char* const start = input.place();
        if (next < fields.size()) {
            if (fields[next] == parse_md5 && looks_like_disposition(input)) {
                input.defect("body.md5-missing", start, start);
                ++next;
            }
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

} // namespace coimap::wire
