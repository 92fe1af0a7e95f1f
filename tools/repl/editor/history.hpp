#pragma once
// The lines that were entered before, also in earlier sessions.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools {

class history {
public:
    /// Kept in memory only.
    history() = default;
    /// Read from a file and appended to it. Nothing is said when that is not possible.
    explicit history(std::string path);

    /// Remembers a line, but not one that may hold a password, one that begins with a space, or the last one
    /// again.
    void add(std::string line);

    std::size_t size() const noexcept { return lines_.size(); }
    const std::string& operator[](std::size_t index) const noexcept { return lines_[index]; }

    /// The newest line before `index` that contains the text.
    std::optional<std::size_t> find_before(std::size_t index, std::string_view text) const noexcept;

    static bool may_hold_secret(std::string_view line) noexcept;

    /// `$XDG_STATE_HOME/coimap/history`, or the same below ~/.local/state; empty when there is no home.
    static std::string default_path();

private:
    void shorten_file() const;

    std::string path_;
    std::vector<std::string> lines_;
};

} // namespace coimap::tools
