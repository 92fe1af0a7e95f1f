#include "common/password.hpp"

#include "common/exit_status.hpp"

#include "coimap/core/printable.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <termios.h>
#include <unistd.h>

namespace coimap::tools {
namespace {

std::string reason() {
    return std::error_code(errno, std::generic_category()).message();
}

coimap::secret read_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        throw failure(exit_status::input_output, "cannot open the password file " + path + ": " + reason());
    struct stat about {};
    if (::fstat(file, &about) == 0 && S_ISREG(about.st_mode) && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        std::fprintf(stderr, "coimap: warning: others may read %s (chmod 600 mends that)\n",
                     coimap::printable(path).c_str());
    char room[4096];
    std::size_t size = 0;
    for (ssize_t count = 1; count != 0 && size < sizeof room;) {
        count = ::read(file, room + size, sizeof room - size);
        if (count < 0 && errno != EINTR)
            break;
        size += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    ::close(file);
    const std::string_view text(room, size);
    coimap::secret line(text.substr(0, text.find_first_of("\r\n")));
    coimap::wipe(room, sizeof room);
    if (line.empty())
        throw usage_error("the password file " + path + " has nothing in its first line");
    return line;
}

std::optional<coimap::secret> take_variable(const char* name) {
    const char* const value = std::getenv(name);
    if (value == nullptr || *value == '\0')
        return std::nullopt;
    coimap::secret octets(value);
    ::unsetenv(name);
    return octets;
}

class hidden_terminal {
public:
    explicit hidden_terminal(int terminal) : terminal_(terminal) {
        if (::tcgetattr(terminal, &before_) != 0)
            return;
        termios quiet = before_;
        // Signals are read as characters here, so that nobody leaves the terminal without its echo.
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
        quiet.c_cc[VMIN] = 1;
        quiet.c_cc[VTIME] = 0;
        valid_ = ::tcsetattr(terminal, TCSAFLUSH, &quiet) == 0;
    }
    ~hidden_terminal() {
        if (valid_)
            ::tcsetattr(terminal_, TCSAFLUSH, &before_);
    }
    hidden_terminal(const hidden_terminal&) = delete;
    hidden_terminal& operator=(const hidden_terminal&) = delete;

    bool valid() const noexcept { return valid_; }

private:
    int terminal_;
    termios before_{};
    bool valid_ = false;
};

bool say(int terminal, std::string_view text) {
    return ::write(terminal, text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

// One line, edited with backspace and Control-U; false when the user gave up.
bool read_hidden(int terminal, std::string& line) {
    constexpr char end_of_text = 3, end_of_transmission = 4, kill_line = 21, escape_quit = 28;
    for (char c = 0;;) {
        const ssize_t count = ::read(terminal, &c, 1);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0 || c == end_of_text || c == escape_quit || (c == end_of_transmission && line.empty()))
            return false;
        if (c == '\n' || c == '\r' || c == end_of_transmission)
            return true;
        if (c == 8 || c == 127) {
            while (!line.empty() && (line.back() & 0xc0) == 0x80)
                line.pop_back();
            if (!line.empty())
                line.pop_back();
        } else if (c == kill_line) {
            line.clear();
        } else if (line.size() < line.capacity()) {
            line.push_back(c);
        }
    }
}

} // namespace

std::optional<coimap::secret> ask_password(const std::string& prompt) {
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0)
        return std::nullopt;
    std::optional<coimap::secret> answer;
    {
        const hidden_terminal hidden(terminal);
        std::string line;
        line.reserve(1024); // never grown, so that no copy is left behind
        if (hidden.valid() && say(terminal, coimap::printable(prompt)) && read_hidden(terminal, line))
            answer.emplace(std::move(line));
        coimap::wipe(line);
        say(terminal, "\r\n");
    }
    ::close(terminal);
    return answer;
}

std::optional<found_password> find_password(const password_sources& sources, const std::string& whose) {
    auto password = take_variable("COIMAP_PASSWORD");
    auto token = take_variable("COIMAP_TOKEN");
    if (sources.file)
        return found_password{read_file(*sources.file), false};
    if (sources.command)
        return found_password{run_password_command(*sources.command, sources.command_timeout), false};
    if (password)
        return found_password{std::move(*password), false};
    if (token)
        return found_password{std::move(*token), true};
    if (!sources.may_ask)
        return std::nullopt;
    auto typed = ask_password("Password of " + whose + ": ");
    if (!typed)
        return std::nullopt;
    return found_password{std::move(*typed), false};
}

} // namespace coimap::tools
