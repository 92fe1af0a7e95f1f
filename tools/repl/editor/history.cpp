#include "repl/editor/history.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace coimap::tools {
namespace {

constexpr std::size_t most_lines = 2000;

} // namespace

history::history(std::string path) : path_(std::move(path)) {
    if (path_.empty())
        return;
    std::error_code ignored;
    const std::filesystem::path folder = std::filesystem::path(path_).parent_path();
    if (std::filesystem::create_directories(folder, ignored))
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, ignored);
    std::ifstream file(path_);
    for (std::string line; std::getline(file, line);)
        if (is_utf8(line) && std::none_of(line.begin(), line.end(), is_control))
            lines_.push_back(std::move(line));
    if (lines_.size() <= most_lines)
        return;
    lines_.erase(lines_.begin(), lines_.end() - most_lines / 2);
    shorten_file();
}

void history::shorten_file() const {
    const std::string fresh = path_ + ".new";
    std::error_code ignored;
    {
        std::ofstream file(fresh, std::ios::trunc);
        for (const std::string& line : lines_)
            file << line << '\n';
        if (!file.flush())
            return;
    }
    std::filesystem::permissions(
        fresh, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
    std::filesystem::rename(fresh, path_, ignored);
}

void history::add(std::string line) {
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    if (line.empty() || line[0] == ' ' || may_hold_secret(line) || (!lines_.empty() && lines_.back() == line))
        return;
    lines_.push_back(line);
    if (path_.empty())
        return;
    const int file = ::open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0)
        return;
    const std::string text = line + "\n";
    [[maybe_unused]] const auto written = ::write(file, text.data(), text.size());
    ::close(file);
}

std::optional<std::size_t> history::find_before(std::size_t index, std::string_view text) const noexcept {
    for (std::size_t i = std::min(index, lines_.size()); i-- > 0;)
        if (lines_[i].find(text) != std::string::npos)
            return i;
    return std::nullopt;
}

bool history::may_hold_secret(std::string_view line) noexcept {
    constexpr std::array<std::string_view, 5> words{"login", "authenticate", "password", "token", "secret"};
    return std::any_of(words.begin(), words.end(), [line](std::string_view word) {
        return std::search(line.begin(), line.end(), word.begin(), word.end(),
                           [](char a, char b) { return to_lower(a) == b; }) != line.end();
    });
}

std::string history::default_path() {
    if (const char* const state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/')
        return std::string(state) + "/coimap/history";
    const char* const home = std::getenv("HOME");
    return home != nullptr && *home == '/' ? std::string(home) + "/.local/state/coimap/history"
                                           : std::string();
}

} // namespace coimap::tools
