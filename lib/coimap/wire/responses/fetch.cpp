#include "coimap/wire/responses/fetch.hpp"

#include "coimap/wire/grammar.hpp"
#include "coimap/wire/lexer.hpp"

namespace coimap {

namespace {

using wire::lexer;

// The items of one response, as they are gathered.
struct fetch_parts {
    explicit fetch_parts(arena& memory) noexcept
        : sections(memory), binary_sizes(memory), extensions(memory) {}

    list_builder<body_section, 2> sections;
    list_builder<binary_size, 2> binary_sizes;
    list_builder<fetch_extension, 2> extensions;
    std::uint32_t told = 0; // the items with one value that were there: a bit each, by the length of the name
};

bool is(std::string_view name, std::string_view upper) noexcept {
    return name == upper || iequals(name, upper);
}

// --- Items with one value.

bool parse_uid(lexer& input, fetch_data& data) {
    const char* const start = input.place();
    std::uint32_t uid = 0;
    if (!input.identity(uid))
        return false;
    if (uid == 0)
        input.defect("number.zero", start);
    else
        data.uid = uid;
    return true;
}

bool parse_size(lexer& input, fetch_data& data) {
    std::uint64_t size = 0;
    if (!input.number64(size))
        return false;
    data.size = size;
    return true;
}

bool parse_modseq(lexer& input, fetch_data& data) {
    const char* const start = input.place();
    const bool list = input.take('(');
    const std::size_t defects = input.defect_count();
    std::uint64_t modseq = 0;
    if (!input.number64(modseq))
        return false;
    if (modseq == 0 && input.defect_count() == defects)
        input.defect("number.zero", start + (list ? 1 : 0));
    if (list && input.element(false))
        return input.fail("fetch.modseq");
    if (!list)
        input.defect("fetch.modseq-without-parentheses", start);
    data.modseq = modseq;
    return true;
}

bool parse_flags(lexer& input, fetch_data& data) {
    flag_list flags;
    if (!wire::parse_flag_list(input, flags, wire::flag_context::message))
        return false;
    data.flags = flags;
    return true;
}

bool parse_date(lexer& input, fetch_data& data) {
    nstring text;
    if (!input.nstring(text))
        return false;
    const auto moment = text ? parse_internal_date(*text) : result<date_time>(errc::bad_date);
    if (!moment)
        return input.fail("fetch.internal-date");
    data.internal_date = *moment;
    return true;
}

// Reads a second time, with backslashes that escape nothing, where a string swallowed its neighbours.
template<class T>
bool parse_tree(lexer& input, bool (*parse)(lexer&, T&), const T*& result) {
    const char* const start = input.place();
    const std::size_t defects = input.defect_count();
    T* value = input.memory().make<T>();
    const bool fits = parse(input, *value);
    if (fits && input.defect_count() == defects) {
        result = value;
        return true;
    }
    const char* const behind = input.place();
    input.go_to(start);
    input.skip_value();
    const bool suspicious = input.since(start).find("\\\"") != std::string_view::npos;
    const std::size_t first_defects = input.defect_count() - defects;
    if (suspicious) {
        const std::string_view reason = input.take_failure({});
        const wire::lexer::mark first = input.set_aside(defects);
        T* second = input.memory().make<T>();
        input.go_to(start);
        input.set_bare_backslash(true);
        const bool better =
            parse(input, *second) && (!fits || input.defect_count() - defects < first_defects);
        input.set_bare_backslash(false);
        if (better) {
            result = second;
            return true;
        }
        input.take_failure({});
        input.restore(first, defects);
        if (!fits)
            return input.fail(reason);
    }
    if (!fits)
        return false;
    input.go_to(behind);
    result = value;
    return true;
}

bool parse_structure(lexer& input, fetch_data& data) {
    return parse_tree(input, wire::parse_body_structure, data.structure);
}

bool parse_envelope_item(lexer& input, fetch_data& data) {
    return parse_tree(input, wire::parse_envelope, data.envelope);
}

// --- Sections.

// Behind `[`: goes behind the `]`, over the quoted strings and literals of a list of header fields.
bool parse_section_name(lexer& input, std::string_view& name) {
    const char* const start = input.place();
    while (!input.at_end()) {
        const char c = input.peek();
        std::string_view text;
        wire::literal_text literal;
        if (c == ']') {
            name = input.since(start);
            input.take(']');
            return true;
        }
        if (c == '"') {
            if (!input.quoted(text))
                return false;
        } else if (input.at_literal()) {
            if (!input.literal(literal))
                return false;
        } else {
            input.go_to(input.place() + 1);
        }
    }
    return input.fail("fetch.section-unclosed");
}

// `<0>`; some servers send back the whole `<0.65536>`.
bool parse_origin(lexer& input, std::optional<std::uint64_t>& origin) {
    const char* const start = input.place();
    if (!input.take('<'))
        return true;
    std::uint64_t first = 0;
    bool digits = false;
    for (; is_digit(input.peek()); digits = true) {
        const auto digit = static_cast<std::uint64_t>(input.peek() - '0');
        if (first > (0x7fffffffffffffffU - digit) / 10)
            return input.fail("number.out-of-range");
        first = first * 10 + digit;
        input.go_to(input.place() + 1);
    }
    const bool echo = input.take('.');
    while (echo && is_digit(input.peek()))
        input.go_to(input.place() + 1);
    if (!digits || !input.take('>'))
        return input.fail("fetch.origin");
    if (echo)
        input.defect("fetch.partial-echo", start);
    origin = first;
    return true;
}

// The octets of a section. `value` is set to where they begin.
bool parse_content(lexer& input, body_section& section, const char*& value) {
    if (input.peek() == ')') {
        input.defect("fetch.value-missing", input.place());
        return true;
    }
    input.gap();
    value = input.place();
    const bool has_value = input.peek() == '"' || input.at_literal() || input.at_nil();
    if (!has_value) {
        // What stands here is the end, or the next item, which keeps the space before it.
        if (input.peek() != ')')
            input.go_to(value - 1);
        input.defect("fetch.value-missing", value, value);
        return true;
    }
    if (input.at_literal()) {
        wire::literal_text text;
        if (!input.literal(text))
            return false;
        if (text.binary && !section.binary)
            input.defect("literal8.unexpected", value, value + 1);
        section.size = text.size;
        section.streamed = text.streamed;
        if (!text.streamed)
            section.content = text.octets;
        return true;
    }
    if (!input.nstring(section.content))
        return false;
    section.size = section.content ? section.content->size() : 0;
    return true;
}

// At `[`.
bool parse_section(lexer& input, fetch_parts& parts, bool binary, const char*& value) {
    body_section section;
    section.binary = binary;
    input.take('[');
    value = input.end(); // where no bracket closes, nothing behind it can be told apart
    if (!parse_section_name(input, section.section))
        return false;
    value = input.place();
    if (!parse_origin(input, section.origin)) {
        input.go_to(value);
        input.word();
        input.sp();
        value = input.place();
        return false;
    }
    if (!parse_content(input, section, value))
        return false;
    if (input.is_full(parts.sections.size()))
        return input.fail("limit.list");
    parts.sections.push_back(section);
    return true;
}

bool parse_named_section(lexer& input, fetch_parts& parts, std::string_view name, const char*& value) {
    body_section section;
    section.section = name;
    if (!parse_content(input, section, value))
        return false;
    if (input.is_full(parts.sections.size()))
        return input.fail("limit.list");
    parts.sections.push_back(section);
    return true;
}

bool parse_binary_size(lexer& input, fetch_parts& parts, const char*& value) {
    binary_size size;
    input.take('[');
    value = input.end();
    if (!parse_section_name(input, size.section))
        return false;
    input.gap();
    value = input.place();
    if (!input.number64(size.size))
        return false;
    if (input.is_full(parts.binary_sizes.size()))
        return input.fail("limit.list");
    parts.binary_sizes.push_back(size);
    return true;
}

bool parse_extension(lexer& input, fetch_parts& parts, std::string_view name, const char*& value) {
    fetch_extension extension;
    extension.name = name;
    input.gap();
    value = input.place();
    if (!input.value(extension.parsed))
        return false;
    extension.bytes = input.since(value);
    if (input.is_full(parts.extensions.size()))
        return input.fail("limit.list");
    parts.extensions.push_back(extension);
    return true;
}

// --- The list.

using simple_item = bool (*)(lexer&, fetch_data&);

simple_item find_item(std::string_view name) noexcept {
    switch (name.size()) {
    case 3:
        return is(name, "UID") ? parse_uid : nullptr;
    case 4:
        return is(name, "BODY") ? parse_structure : nullptr;
    case 5:
        return is(name, "FLAGS") ? parse_flags : nullptr;
    case 6:
        return is(name, "MODSEQ") ? parse_modseq : nullptr;
    case 8:
        return is(name, "ENVELOPE") ? parse_envelope_item : nullptr;
    case 11:
        return is(name, "RFC822.SIZE") ? parse_size : nullptr;
    case 12:
        return is(name, "INTERNALDATE") ? parse_date : nullptr;
    case 13:
        return is(name, "BODYSTRUCTURE") ? parse_structure : nullptr;
    default:
        return nullptr;
    }
}

// Where an item comes a second time, its last value holds.
void note_item(lexer& input, fetch_parts& parts, std::string_view name) {
    const std::uint32_t bit = 1U << name.size(); // no two of find_item() have names of the same length
    if ((parts.told & bit) != 0)
        input.defect("fetch.duplicate-item", name.data());
    parts.told |= bit;
}

// At the name of an item. `value` follows where its value begins, for the recovery.
bool parse_item(lexer& input, fetch_data& data, fetch_parts& parts, const char*& value) {
    const std::string_view name = input.item_name();
    value = input.place();
    if (name.empty())
        return input.fail("fetch.item-name");
    if (input.peek() == '[') {
        if (is(name, "BODY") || is(name, "BODY.PEEK"))
            return parse_section(input, parts, false, value);
        if (is(name, "BINARY"))
            return parse_section(input, parts, true, value);
        if (is(name, "BINARY.SIZE"))
            return parse_binary_size(input, parts, value);
    }
    if (const simple_item parse = find_item(name)) {
        input.gap();
        value = input.place();
        if (!parse(input, data))
            return false;
        note_item(input, parts, name);
        return true;
    }
    if (is(name, "RFC822"))
        return parse_named_section(input, parts, "", value);
    if (is(name, "RFC822.HEADER"))
        return parse_named_section(input, parts, "HEADER", value);
    if (is(name, "RFC822.TEXT"))
        return parse_named_section(input, parts, "TEXT", value);
    return parse_extension(input, parts, name, value);
}

const void* parse(lexer& input, std::uint32_t number) {
    const char* const start = input.place();
    if (!input.has_number())
        input.defect("fetch.no-number", start, start);
    else if (number == 0)
        input.defect("number.zero", start, start);
    if (!input.take('(')) {
        input.fail("fetch.no-list");
        return nullptr;
    }
    auto* const data = input.memory().make<fetch_data>();
    data->sequence_number = number;
    fetch_parts parts(input.memory());
    bool first = true;
    for (; input.element(first); first = false) {
        const char* const item = input.place();
        const char* value = item;
        if (!parse_item(input, *data, parts, value))
            input.skip_failed(item, value);
    }
    if (first)
        input.defect("fetch.empty", start);
    data->sections = parts.sections.finish();
    data->binary_sizes = parts.binary_sizes.finish();
    data->extensions = parts.extensions.finish();
    return data;
}

// --- Telling.

void describe_section(value_sink& sink, const body_section& section) {
    sink.begin_object();
    field(sink, "section", section.section);
    field(sink, "origin", section.origin);
    sink.key("content");
    describe(sink, section.content);
    field(sink, "size", section.size);
    if (section.binary)
        field(sink, "binary", true);
    if (section.streamed)
        field(sink, "streamed", true);
    sink.end_object();
}

void describe_data(value_sink& sink, const void* data) {
    const auto& fetch = *static_cast<const fetch_data*>(data);
    field(sink, "seq", fetch.sequence_number);
    field(sink, "uid", fetch.uid);
    field(sink, "flags", fetch.flags);
    field(sink, "internal_date", fetch.internal_date);
    field(sink, "size", fetch.size);
    field(sink, "modseq", fetch.modseq);
    if (fetch.envelope != nullptr)
        field(sink, "envelope", *fetch.envelope);
    if (fetch.structure != nullptr)
        field(sink, "body_structure", *fetch.structure);
    if (!fetch.sections.empty()) {
        sink.key("sections");
        sink.begin_list();
        for (const body_section& section : fetch.sections)
            describe_section(sink, section);
        sink.end_list();
    }
    if (!fetch.binary_sizes.empty()) {
        sink.key("binary_sizes");
        sink.begin_list();
        for (const binary_size& each : fetch.binary_sizes) {
            sink.begin_object();
            field(sink, "section", each.section);
            field(sink, "size", each.size);
            sink.end_object();
        }
        sink.end_list();
    }
    if (!fetch.extensions.empty()) {
        sink.key("extensions");
        sink.begin_object();
        for (const fetch_extension& each : fetch.extensions)
            field(sink, each.name, each.parsed);
        sink.end_object();
    }
}

} // namespace

constinit const wire::rule fetch_data::rule{"FETCH", parse, describe_data};

nstring fetch_data::body(std::string_view section) const noexcept {
    for (std::size_t i = sections.size(); i-- > 0;)
        if (!sections[i].binary && iequals(sections[i].section, section))
            return sections[i].content;
    return {};
}

} // namespace coimap
