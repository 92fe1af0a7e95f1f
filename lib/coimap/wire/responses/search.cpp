#include "coimap/wire/responses/search.hpp"

#include "coimap/wire/grammar.hpp"

namespace coimap {

namespace {

using wire::lexer;

// --- SEARCH.

// `(MODSEQ 917162500)` behind the numbers.
bool parse_modseq_tail(lexer& input, std::optional<std::uint64_t>& modseq) {
    input.take('(');
    std::uint64_t number = 0;
    if (!iequals(input.atom(), "MODSEQ") || !input.element(false))
        return input.fail("search.tail");
    if (!input.number64(number))
        return false;
    modseq = number;
    return !input.element(false) || input.fail("search.tail");
}

const void* parse_search(lexer& input, std::uint32_t) {
    auto* const data = input.memory().make<search_data>();
    list_builder<number_range, 32> ranges(input.memory());
    number_range open{0, 0};
    while (!input.at_end()) {
        const char* const start = input.place();
        std::uint32_t number = 0;
        if (input.peek() == '(') {
            if (!parse_modseq_tail(input, data->modseq))
                input.skip_failed(start, start);
        } else if (!input.identity(number)) {
            if (input.peek() == ')')
                break;
            input.skip_failed(start, start);
        } else if (number == 0) {
            input.defect("number.zero", start);
        } else if (open.first != 0 && open.last + 1 == number) {
            open.last = number;
        } else {
            if (open.first != 0)
                ranges.push_back(open);
            if (ranges.size() == input.limits().set_ranges) {
                input.fail("limit.set-ranges");
                return nullptr;
            }
            open = {number, number};
        }
        if (!input.sp() && !input.at_end())
            input.defect("space.missing", input.place());
        if (input.place() == start)
            break;
    }
    if (open.first != 0)
        ranges.push_back(open);
    const auto found = ranges.finish();
    data->numbers = {found.begin(), found.size()};
    return data;
}

void describe_search(value_sink& sink, const void* data) {
    const auto& search = *static_cast<const search_data*>(data);
    field(sink, "numbers", search.numbers);
    field(sink, "modseq", search.modseq);
}

// --- ESEARCH.

// `(TAG "A1")`, with what else an extension puts there.
bool parse_correlator(lexer& input, esearch_data& data) {
    input.take('(');
    for (bool first = true; input.element(first); first = false) {
        const std::string_view name = input.atom();
        if (name.empty() || !input.element(false))
            return input.fail("esearch.correlator");
        std::string_view text;
        if (!iequals(name, "TAG")) {
            input.skip_value();
            continue;
        }
        if (!input.astring(text))
            return false;
        data.tag = text;
    }
    return true;
}

template<class Number>
bool parse_number(lexer& input, std::optional<Number>& number) {
    Number value{};
    bool fits = false;
    if constexpr (sizeof(Number) == 4)
        fits = input.number(value);
    else
        fits = input.number64(value);
    if (fits)
        number = value;
    return fits;
}

bool parse_return_data(lexer& input, esearch_data& data, std::string_view name,
                       list_builder<esearch_extension, 4>& extensions) {
    if (iequals(name, "ALL")) {
        range_list set;
        data.unreadable = true;
        if (!wire::parse_number_set(input, set))
            return false;
        data.unreadable = false;
        data.all = set;
        return true;
    }
    if (iequals(name, "COUNT"))
        return parse_number(input, data.count);
    if (iequals(name, "MIN"))
        return parse_number(input, data.min);
    if (iequals(name, "MAX"))
        return parse_number(input, data.max);
    if (iequals(name, "MODSEQ"))
        return parse_number(input, data.modseq);
    esearch_extension extension;
    extension.name = name;
    if (!input.value(extension.parsed))
        return false;
    if (input.is_full(extensions.size()))
        return input.fail("limit.list");
    extensions.push_back(extension);
    return true;
}

const void* parse_esearch(lexer& input, std::uint32_t) {
    auto* const data = input.memory().make<esearch_data>();
    list_builder<esearch_extension, 4> extensions(input.memory());
    bool in_list = false;
    while (!input.at_end()) {
        const char* const start = input.place();
        if (input.peek() == '(' && !in_list) {
            const std::string_view rest = input.rest();
            if (istarts_with(rest, "(TAG ") || istarts_with(rest, "(MAILBOX ") ||
                istarts_with(rest, "(UIDVALIDITY ")) {
                if (!parse_correlator(input, *data))
                    input.skip_failed(start, start);
            } else {
                input.take('(');
                input.defect("esearch.parentheses", start);
                in_list = true;
                continue;
            }
        } else if (in_list && input.take(')')) {
            in_list = false;
        } else {
            const std::string_view name = input.atom();
            if (name.empty()) {
                input.fail("esearch.malformed");
                break;
            }
            if (!iequals(name, "UID")) {
                input.gap();
                const char* const value = input.place();
                if (!parse_return_data(input, *data, name, extensions))
                    input.skip_failed(start, value);
            } else {
                data->uid = true;
            }
        }
        if (!input.sp() && !input.at_end() && input.peek() != ')')
            input.defect("space.missing", input.place());
        if (input.peek() == ')' && !in_list)
            break;
    }
    if (!input.failure().empty())
        input.defect(input.take_failure("esearch.malformed"), input.place(), input.end());
    data->extensions = extensions.finish();
    return data;
}

void describe_esearch(value_sink& sink, const void* data) {
    const auto& search = *static_cast<const esearch_data*>(data);
    field(sink, "tag", search.tag);
    field(sink, "uid", search.uid);
    field(sink, "min", search.min);
    field(sink, "max", search.max);
    field(sink, "count", search.count);
    field(sink, "all", search.all);
    field(sink, "modseq", search.modseq);
    if (!search.extensions.empty()) {
        sink.key("extensions");
        sink.begin_object();
        for (const esearch_extension& each : search.extensions)
            field(sink, each.name, each.parsed);
        sink.end_object();
    }
}

} // namespace

constinit const wire::rule search_data::rule{"SEARCH", parse_search, describe_search};
constinit const wire::rule esearch_data::rule{"ESEARCH", parse_esearch, describe_esearch};

} // namespace coimap
