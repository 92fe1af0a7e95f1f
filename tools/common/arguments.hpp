#pragma once
// The command line of one subcommand: a table of options, and the help made from it.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace coimap::tools {

/// One option. Without a value name it is a switch.
struct option {
    std::string_view name;  ///< without its dashes: "ca"
    char letter = 0;        ///< `-c`; 0 for none
    std::string_view value; ///< what stands for the value in the help: "FILE"
    std::string_view help;  ///< lines are broken where it says so
};

/// What a subcommand says of itself.
struct synopsis {
    std::string_view usage;       ///< "coimap parse [options] < FILE"
    std::string_view description; ///< a paragraph or more
    std::span<const option> options;
    std::string_view notes; ///< examples, exit status, environment
};

/// `--help` text.
std::string help_text(const synopsis& about);

class arguments {
public:
    /// Throws usage_error: an option that is not in the table, a missing value, a value for a switch. Knows
    /// `--name value`, `--name=value`, `-c value`, `-cvalue`, and `--`, behind which nothing is an option.
    arguments(const synopsis& about, std::span<const std::string_view> words);

    bool has(std::string_view name) const noexcept;
    /// The last one given counts.
    std::optional<std::string_view> value(std::string_view name) const noexcept;
    std::vector<std::string> values(std::string_view name) const;
    const std::vector<std::string_view>& positionals() const noexcept { return positionals_; }

private:
    std::vector<std::pair<std::string_view, std::string_view>> given_;
    std::vector<std::string_view> positionals_;
};

} // namespace coimap::tools
