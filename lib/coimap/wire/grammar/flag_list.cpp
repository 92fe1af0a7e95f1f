#include "coimap/wire/grammar.hpp"

namespace coimap::wire {

namespace {

std::uint8_t bit_of(std::string_view flag) noexcept {
    if (flag.size() < 2 || flag.front() != '\\')
        return 0;
    switch (flag.size()) {
    case 2:
        return flag[1] == '*' ? flag_list::any_keyword : 0;
    case 5:
        return iequals(flag, "\\Seen") ? flag_list::seen : 0;
    case 6:
        return iequals(flag, "\\Draft") ? flag_list::draft : 0;
    case 7:
        return iequals(flag, "\\Recent") ? flag_list::recent : 0;
    case 8:
        return iequals(flag, "\\Flagged")   ? flag_list::flagged
               : iequals(flag, "\\Deleted") ? flag_list::deleted
                                            : 0;
    case 9:
        return iequals(flag, "\\Answered") ? flag_list::answered : 0;
    default:
        return 0;
    }
}

// What is not a backslash and an atom: flags in quotes, with specials in them, wildcards.
bool odd_flag(lexer& input, std::string_view& flag, flag_context context) {
    const char* const start = input.place();
    if (input.peek() == '"' || input.at_literal()) {
        if (!input.string(flag))
            return false;
        input.defect("flag.quoted", start);
        return true;
    }
    flag = input.word();
    if (flag.empty())
        return input.fail("flag.malformed");
    if (flag == "\\*") {
        if (context != flag_context::permanent)
            input.defect("flag.wildcard", start);
    } else if (flag == "*") {
        input.defect("flag.wildcard", start);
        flag = "\\*";
    } else if (flag == "\\") {
        input.defect("flag.empty", start);
    } else {
        input.defect("flag.special", start);
    }
    return true;
}

} // namespace

bool parse_flag_list(lexer& input, flag_list& flags, flag_context context) {
    const char* const start = input.place();
    flags = {};
    if (!input.take('(')) {
        if (!input.nil())
            return input.fail("flags.no-list");
        input.defect("flags.nil", start);
        return true;
    }
    list_builder<std::string_view, 8> names(input.memory());
    for (bool first = true; input.element(first); first = false) {
        const char* const flag_start = input.place();
        input.take('\\');
        std::string_view flag = input.atom();
        const char next = input.peek();
        if (!flag.empty() && (next == ' ' || next == ')' || input.at_end())) {
            flag = input.since(flag_start);
        } else {
            input.go_to(flag_start);
            if (!odd_flag(input, flag, context)) {
                // A parenthesis where a flag is due.
                input.skip_failed(flag_start, flag_start);
                if (input.place() == flag_start)
                    return input.fail("flag.malformed");
                continue;
            }
        }
        if (flag == "\\")
            continue;
        if (input.is_full(names.size()))
            return input.fail("limit.list");
        flags.bits = static_cast<std::uint8_t>(flags.bits | bit_of(flag));
        names.push_back(flag);
    }
    flags.names = names.finish();
    return true;
}

bool parse_words(lexer& input, list<std::string_view>& words) {
    list_builder<std::string_view, 32> found(input.memory());
    while (!input.at_end()) {
        const char* const start = input.place();
        std::string_view word;
        while (!input.at_end() && input.peek() != ' ')
            input.go_to(input.place() + 1);
        word = input.since(start);
        if (word.empty())
            return input.fail("word.missing");
        for (const char c : word)
            if (!is_octet(c, atom_octet)) {
                input.defect("atom.special", start);
                break;
            }
        if (iequals(word, "LITERAL") && input.peek() == ' ' &&
            (input.peek(1) == '+' || input.peek(1) == '-')) {
            word = input.peek(1) == '+' ? "LITERAL+" : "LITERAL-";
            input.go_to(input.place() + 2);
            input.defect("capability.split", start);
        }
        if (input.is_full(found.size()))
            return input.fail("limit.list");
        found.push_back(word);
        if (!input.sp())
            break;
    }
    words = found.finish();
    return true;
}

bool parse_string_list(lexer& input, list<std::string_view>& strings) {
    if (!input.take('('))
        return input.fail("list.missing");
    list_builder<std::string_view, 8> found(input.memory());
    for (bool first = true; input.element(first); first = false) {
        std::string_view text;
        if (!input.astring(text))
            return false;
        if (input.is_full(found.size()))
            return input.fail("limit.list");
        found.push_back(text);
    }
    strings = found.finish();
    return true;
}

} // namespace coimap::wire
