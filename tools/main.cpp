// The program coimap: each subcommand is a folder beside this file.

#include "bench/bench.hpp"
#include "common/exit_status.hpp"
#include "parse/parse.hpp"
#include "repl/repl.hpp"

#include "coimap/core/printable.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <exception>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace coimap::tools;

struct subcommand {
    std::string_view name;
    std::string_view summary;
    exit_status (*run)(std::span<const std::string_view> words);
};

constexpr std::array subcommands{
    subcommand{"bench", "how fast, beside other clients at the same work", run_bench},
    subcommand{"parse", "what a server sent, as JSON: one object a response", run_parse},
    subcommand{"repl", "a session at a prompt, or a batch of commands", run_repl},
};

std::string help() {
    std::string text("Usage: coimap COMMAND [options] [arguments]\n\n"
                     "An IMAP client for the command line. Commands:\n");
    for (const subcommand& each : subcommands) {
        std::string name(each.name);
        name.resize(8, ' ');
        text.append("  ").append(name).append(each.summary).append("\n");
    }
    text.append("\n`coimap COMMAND --help` tells more, with examples.\n"
                "`coimap --version` shows the version.\n");
    return text;
}

exit_status show(const std::string& text) {
    std::fputs(text.c_str(), stdout);
    return std::fflush(stdout) == 0 ? exit_status::ok : exit_status::input_output;
}

void complain(const std::string& where, const std::string& what) {
    std::fprintf(stderr, "%s: %s\n", where.c_str(), coimap::printable(what).c_str());
}

// Ends as a filter does whose reader has seen enough. Everything is tidied up by now.
exit_status end_by_broken_pipe() {
    std::signal(SIGPIPE, SIG_DFL);
    std::raise(SIGPIPE);
    return exit_status::reader_gone;
}

exit_status dispatch(std::span<const std::string_view> words) {
    if (words.empty()) {
        std::fputs(help().c_str(), stderr);
        return exit_status::usage;
    }
    if (words[0] == "--help" || words[0] == "-h" || words[0] == "help")
        return show(help());
    if (words[0] == "--version")
        return show("coimap " COIMAP_VERSION "\n");
    for (const subcommand& each : subcommands) {
        if (each.name != words[0])
            continue;
        try {
            return each.run(words.subspan(1));
        } catch (const usage_error& error) {
            complain("coimap " + std::string(each.name),
                     std::string(error.what()) + " (see coimap " + std::string(each.name) + " --help)");
            return exit_status::usage;
        } catch (const failure& error) {
            if (error.status() == exit_status::reader_gone)
                return end_by_broken_pipe();
            complain("coimap " + std::string(each.name), error.what());
            return error.status();
        }
    }
    complain("coimap", "there is no command " + std::string(words[0]) + " (see coimap --help)");
    return exit_status::usage;
}

} // namespace

int main(int count, char** values) {
    // A reader that has gone is reported by write(), like any other failure: files are tidied up first.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        const std::vector<std::string_view> words(values + 1, values + count);
        return number(dispatch(words));
    } catch (const std::exception& error) {
        complain("coimap", error.what());
        return number(exit_status::software);
    }
}
