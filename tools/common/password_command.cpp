// Running the command that prints a password.

#include "common/exit_status.hpp"
#include "common/password.hpp"

#include "coimap/core/utf8.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>
#include <poll.h>
#include <spawn.h>
#include <string_view>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace coimap::tools {
namespace {

// A JSON array of strings, and nothing else of JSON.
class argument_vector {
public:
    explicit argument_vector(std::string_view text) : text_(text) {}

    std::vector<std::string> parse() {
        std::vector<std::string> words;
        expect('[');
        while (!next_is(']')) {
            if (!words.empty())
                expect(',');
            words.push_back(string());
        }
        expect(']');
        skip_space();
        if (place_ != text_.size() || words.empty())
            refuse();
        return words;
    }

private:
    [[noreturn]] static void refuse() {
        throw usage_error("--password-command begins with [ but is no JSON array of strings such as "
                          "[\"pass\",\"show\",\"mail\"]");
    }
    void skip_space() {
        while (place_ < text_.size() && (text_[place_] == ' ' || text_[place_] == '\t'))
            ++place_;
    }
    bool next_is(char c) {
        skip_space();
        return place_ < text_.size() && text_[place_] == c;
    }
    void expect(char c) {
        if (!next_is(c))
            refuse();
        ++place_;
    }
    char take() {
        if (place_ == text_.size())
            refuse();
        return text_[place_++];
    }
    std::string string() {
        expect('"');
        std::string word;
        for (char c = take(); c != '"'; c = take()) {
            if (c == '\\')
                escape(word);
            else
                word.push_back(c);
        }
        return word;
    }
    void escape(std::string& word) {
        constexpr std::string_view names = "\"\\/bfnrt", values = "\"\\/\b\f\n\r\t";
        const char c = take();
        if (const std::size_t which = names.find(c); which != std::string_view::npos)
            return word.push_back(values[which]);
        if (c != 'u')
            refuse();
        char32_t code = 0;
        for (int i = 0; i < 4; ++i) {
            constexpr std::string_view digits = "0123456789abcdef";
            const std::size_t digit = digits.find(static_cast<char>(take() | 0x20));
            if (digit == std::string_view::npos)
                refuse();
            code = code * 16 + static_cast<char32_t>(digit);
        }
        if (code == 0)
            refuse();
        append_utf8(word, code);
    }

    std::string_view text_;
    std::size_t place_ = 0;
};

std::string reason(int number) {
    return std::error_code(number, std::generic_category()).message();
}

// A process in a group of its own, so that it can be ended with its children.
class child {
public:
    child(std::vector<std::string> words, bool search_path) {
        std::vector<char*> arguments;
        arguments.reserve(words.size() + 1);
        for (std::string& word : words)
            arguments.push_back(word.data());
        arguments.push_back(nullptr);

        std::array<int, 2> ends{};
        if (::pipe(ends.data()) != 0)
            throw failure(exit_status::software, "cannot make a pipe: " + reason(errno));
        output_ = ends[0];
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_addclose(&actions, ends[0]);
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        ::posix_spawn_file_actions_addclose(&actions, ends[1]);
        posix_spawnattr_t attributes;
        ::posix_spawnattr_init(&attributes);
        sigset_t defaults;
        sigemptyset(&defaults);
        sigaddset(&defaults, SIGPIPE);
        ::posix_spawnattr_setsigdefault(&attributes, &defaults);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
        const int error =
            search_path ? ::posix_spawnp(&id_, arguments[0], &actions, &attributes, arguments.data(), environ)
                        : ::posix_spawn(&id_, arguments[0], &actions, &attributes, arguments.data(), environ);
        ::posix_spawnattr_destroy(&attributes);
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        if (error != 0) {
            ::close(output_);
            throw usage_error("cannot run " + words[0] + ": " + reason(error));
        }
    }
    ~child() {
        close_output();
        if (id_ > 0)
            ::kill(-id_, SIGKILL);
        ended(true);
    }
    child(const child&) = delete;
    child& operator=(const child&) = delete;

    int output() const noexcept { return output_; }

    void close_output() {
        if (output_ >= 0)
            ::close(output_);
        output_ = -1;
    }

    /// Its status, when it has ended.
    std::optional<int> ended(bool block) {
        if (id_ <= 0)
            return std::nullopt;
        int status = 0;
        pid_t which = 0;
        do
            which = ::waitpid(id_, &status, block ? 0 : WNOHANG);
        while (which < 0 && errno == EINTR);
        if (which == 0)
            return std::nullopt;
        id_ = -1;
        return status;
    }

private:
    pid_t id_ = -1;
    int output_ = -1;
};

} // namespace

coimap::secret run_password_command(const std::string& command, std::chrono::seconds timeout) {
    using clock = std::chrono::steady_clock;
    const bool is_vector = command.find_first_not_of(" \t") != std::string::npos &&
                           command[command.find_first_not_of(" \t")] == '[';
    std::vector<std::string> words{"/bin/sh", "-c", command};
    if (is_vector)
        words = argument_vector(command).parse();
    child process(std::move(words), is_vector);

    const auto deadline = clock::now() + timeout;
    std::array<char, 4096> room{};
    std::size_t size = 0;
    const auto too_long = [&]() -> failure {
        coimap::wipe(room.data(), room.size());
        return {exit_status::timeout, "--password-command took longer than " +
                                          std::to_string(timeout.count()) + " seconds and was ended"};
    };
    // What does not fit is read and forgotten, so that the command can end.
    std::array<char, 512> more{};
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock::now()).count();
        pollfd waiting{process.output(), POLLIN, 0};
        const int ready = left <= 0 ? 0 : ::poll(&waiting, 1, static_cast<int>(left));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            throw too_long();
        const bool full = size == room.size();
        char* const target = full ? more.data() : room.data() + size;
        const ssize_t count = ::read(process.output(), target, full ? more.size() : room.size() - size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        size += full ? 0 : static_cast<std::size_t>(count);
    }
    process.close_output();
    auto ended = process.ended(false);
    for (; !ended; ended = process.ended(false)) {
        if (clock::now() > deadline)
            throw too_long();
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    const int status = *ended;
    const std::string_view text(room.data(), size);
    coimap::secret line(text.substr(0, text.find_first_of("\r\n")));
    coimap::wipe(room.data(), room.size());
    coimap::wipe(more.data(), more.size());
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw failure(exit_status::permission,
                      "--password-command failed" +
                          (WIFEXITED(status) ? " with exit status " + std::to_string(WEXITSTATUS(status))
                                             : std::string(" by a signal")));
    if (line.empty())
        throw failure(exit_status::permission, "--password-command printed nothing in its first line");
    return line;
}

} // namespace coimap::tools
