// The keys of SEARCH, as typed.

#include "common/exit_status.hpp"
#include "repl/verbs/imap_words.hpp"

#include "coimap/core/ascii.hpp"

#include <array>

namespace coimap::tools {
namespace {

constexpr int deepest = 50; // parentheses and NOT within each other

struct plain_key {
    std::string_view name;
    search_key (*make)();
};
constexpr std::array plain_keys{
    plain_key{"ALL", search::all},
    plain_key{"ANSWERED", search::answered},
    plain_key{"DELETED", search::deleted},
    plain_key{"DRAFT", search::draft},
    plain_key{"FLAGGED", search::flagged},
    plain_key{"SEEN", search::seen},
    plain_key{"RECENT", search::recent},
    plain_key{"NEW", search::new_},
    plain_key{"OLD", search::old},
    plain_key{"UNANSWERED", search::unanswered},
    plain_key{"UNDELETED", search::undeleted},
    plain_key{"UNDRAFT", search::undraft},
    plain_key{"UNFLAGGED", search::unflagged},
    plain_key{"UNSEEN", search::unseen},
};

struct text_key {
    std::string_view name;
    search_key (*make)(std::string_view text);
};
constexpr std::array text_keys{
    text_key{"BCC", search::bcc},   text_key{"BODY", search::body},       text_key{"CC", search::cc},
    text_key{"FROM", search::from}, text_key{"SUBJECT", search::subject}, text_key{"TEXT", search::text},
    text_key{"TO", search::to},
};

struct date_key {
    std::string_view name;
    search_key (*make)(const date& day);
};
constexpr std::array date_keys{
    date_key{"BEFORE", search::before},  date_key{"ON", search::on},
    date_key{"SINCE", search::since},    date_key{"SENTBEFORE", search::sent_before},
    date_key{"SENTON", search::sent_on}, date_key{"SENTSINCE", search::sent_since},
};

template<class Table>
auto find_key(const Table& table, const word& name) -> const typename Table::value_type* {
    for (const auto& each : table)
        if (name.is(each.name))
            return &each;
    return nullptr;
}

flag take_keyword(word_list& words) {
    const std::string text = words.take("a keyword such as $Work").text;
    auto made = flag::make(text);
    if (!made)
        throw usage_error("\"" + text + "\" is no keyword");
    return *std::move(made);
}

search_key take_key(word_list& words, int depth);

search_key take_group(word_list& words, int depth) {
    search_key all = take_key(words, depth);
    while (!words.take_if(")")) {
        if (words.empty())
            throw usage_error("search: a ( is not closed");
        all = all && take_key(words, depth);
    }
    return all;
}

search_key take_key(word_list& words, int depth) {
    if (depth > deepest)
        throw usage_error("search: the keys are nested too deeply");
    if (words.take_if("("))
        return take_group(words, depth + 1);
    if (words.take_if("NOT"))
        return !take_key(words, depth + 1);
    if (words.take_if("OR")) {
        const search_key first = take_key(words, depth + 1);
        return first || take_key(words, depth + 1);
    }
    const word name = words.take("a search key");
    if (const auto* const found = find_key(plain_keys, name))
        return found->make();
    if (const auto* const found = find_key(text_keys, name))
        return found->make(words.take("the text to look for").text);
    if (const auto* const found = find_key(date_keys, name))
        return found->make(parse_day(words.take("a date such as 2024-02-01").text));
    if (name.is("HEADER")) {
        const std::string field = words.take("the name of a header field").text;
        return search::header(field, words.take("the text to look for, maybe \"\"").text);
    }
    if (name.is("KEYWORD"))
        return search::keyword(take_keyword(words));
    if (name.is("UNKEYWORD"))
        return search::unkeyword(take_keyword(words));
    if (name.is("LARGER"))
        return search::larger(words.take_number("the size"));
    if (name.is("SMALLER"))
        return search::smaller(words.take_number("the size"));
    if (name.is("MODSEQ"))
        return search::modseq(words.take_number("the mod-sequence"));
    if (name.is("UID"))
        return search::messages(take_uids(words));
    if (name.is("$"))
        return search::messages(saved_result());
    if (auto numbers = number_ranges::parse(name.text))
        return search::messages(sequence_set(*std::move(numbers)));
    throw usage_error(
        "search: there is no key \"" + name.text +
        "\"; there are unseen, from TEXT, since DATE, larger SIZE, not KEY, or KEY KEY ... (help search)");
}

} // namespace

search_options take_search_options(word_list& words) {
    search_options options;
    if (!words.take_if("RETURN"))
        return options;
    unsigned asked = 0;
    for (const word& each : words.take_group()) {
        if (each.is("MIN"))
            asked |= static_cast<unsigned>(search_return::min);
        else if (each.is("MAX"))
            asked |= static_cast<unsigned>(search_return::max);
        else if (each.is("ALL"))
            asked |= static_cast<unsigned>(search_return::all);
        else if (each.is("COUNT"))
            asked |= static_cast<unsigned>(search_return::count);
        else if (each.is("SAVE"))
            asked |= static_cast<unsigned>(search_return::save);
        else
            throw usage_error("search: RETURN knows MIN, MAX, ALL, COUNT and SAVE");
    }
    if (asked != 0)
        options.returns(static_cast<search_return>(asked));
    return options;
}

search_key take_search_key(word_list& words) {
    if (words.empty())
        return search::all();
    search_key all = take_key(words, 0);
    while (!words.empty())
        all = all && take_key(words, 0);
    return all;
}

} // namespace coimap::tools
