#include "common/arguments.hpp"

#include "common/exit_status.hpp"

#include "coimap/core/printable.hpp"

#include <algorithm>
#include <array>

namespace coimap::tools {
namespace {

constexpr std::array<option, 1> common_options{
    option{"help", 'h', "", "Show this text."},
};

const option* find_option(const synopsis& about, auto&& matches) {
    const auto in = [&](std::span<const option> table) -> const option* {
        const auto place = std::find_if(table.begin(), table.end(), matches);
        return place == table.end() ? nullptr : &*place;
    };
    const option* const own = in(about.options);
    return own != nullptr ? own : in(common_options);
}

std::string left_column(const option& each) {
    std::string text = each.letter != 0 ? std::string("  -") + each.letter + ", " : std::string(6, ' ');
    text.append("--").append(each.name);
    if (!each.value.empty())
        text.append(" ").append(each.value);
    return text;
}

void append_option(std::string& text, const option& each, std::size_t width) {
    std::string left = left_column(each);
    left.resize(width + 2, ' ');
    text += left;
    for (const char c : each.help) {
        text.push_back(c);
        if (c == '\n')
            text.append(width + 2, ' ');
    }
    text.push_back('\n');
}

} // namespace

std::string help_text(const synopsis& about) {
    std::string text("Usage: ");
    text.append(about.usage).append("\n\n").append(about.description).append("\n\nOptions:\n");
    std::size_t width = 0;
    for (const auto table : {about.options, std::span<const option>(common_options)})
        for (const option& each : table)
            width = std::max(width, left_column(each).size());
    for (const auto table : {about.options, std::span<const option>(common_options)})
        for (const option& each : table)
            append_option(text, each, width);
    if (!about.notes.empty())
        text.append("\n").append(about.notes).append("\n");
    return text;
}

arguments::arguments(const synopsis& about, std::span<const std::string_view> words) {
    bool only_positionals = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i];
        if (only_positionals || word.size() < 2 || word[0] != '-') {
            positionals_.push_back(word);
            continue;
        }
        if (word == "--") {
            only_positionals = true;
            continue;
        }
        const bool is_long = word[1] == '-';
        const std::size_t equals = is_long ? word.find('=') : std::string_view::npos;
        const std::string_view name = is_long ? word.substr(2, equals - 2) : word.substr(1, 1);
        const option* const found = find_option(about, [&](const option& each) {
            return is_long ? each.name == name : each.letter != 0 && each.letter == name[0];
        });
        const std::string shown = printable(word.substr(0, equals));
        if (found == nullptr)
            throw usage_error("there is no option " + shown);

        std::optional<std::string_view> value;
        if (equals != std::string_view::npos)
            value = word.substr(equals + 1);
        else if (!is_long && word.size() > 2)
            value = word.substr(2);
        if (found->value.empty()) {
            if (value)
                throw usage_error("the option --" + std::string(found->name) + " takes no value");
        } else if (!value) {
            if (i + 1 == words.size())
                throw usage_error("the option " + shown + " needs " + std::string(found->value) +
                                  " behind it");
            value = words[++i];
        }
        given_.emplace_back(found->name, value.value_or(std::string_view()));
    }
}

bool arguments::has(std::string_view name) const noexcept {
    return value(name).has_value();
}

std::optional<std::string_view> arguments::value(std::string_view name) const noexcept {
    const auto place =
        std::find_if(given_.rbegin(), given_.rend(), [&](const auto& each) { return each.first == name; });
    if (place == given_.rend())
        return std::nullopt;
    return place->second;
}

std::vector<std::string> arguments::values(std::string_view name) const {
    std::vector<std::string> found;
    for (const auto& [given, value] : given_)
        if (given == name)
            found.emplace_back(value);
    return found;
}

} // namespace coimap::tools
