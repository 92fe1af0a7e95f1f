#include "bench/bench.hpp"

#include "bench/harness.hpp"
#include "bench/own/engine.hpp"
#include "bench/raw/raw_reader.hpp"
#include "bench/report/report.hpp"

#include "common/arguments.hpp"

#include "coimap/client/server_url.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace coimap::tools {
namespace {

using namespace bench;

constexpr std::array options{
    option{"peers", 0, "LIST", "other clients to compare with: names with commas between them, or all"},
    option{"peers-dir", 0, "DIR", "where they are installed (default: build/peers)"},
    option{"install", 0, "", "install the peers first, by tools/bench/peers/install"},
    option{"runs", 0, "N", "runs of each peer after a warm-up (default: 5)"},
    option{"patience", 0, "SECONDS", "a run that takes longer is given up (default: 60)"},
    option{"json", 0, "FILE", "write everything that was measured"},
    option{"svg", 0, "DIR", "draw the plots"},
    option{"page", 0, "DIR", "write a page with tables and plots: DIR/README.md"},
    option{"server", 0, "URL",
           "measure against this server's mailbox, in the clear or over TLS, instead of a\n"
           "private Dovecot; the password is in COIMAP_PASSWORD"},
    option{"help", 'h', "", "show this"},
};

constexpr synopsis about{
    "coimap bench [options] [WORKLOAD]...",
    "How fast the engine is, beside a raw reader, which only counts octets, and beside other IMAP\n"
    "clients: the same work, against the same server, in turns. Without WORKLOAD, all of them:\n"
    "metadata, bodies, literal, roundtrip, pipelined, store, idle, connect, parse, write, growth.",
    options,
    "Examples:\n"
    "  coimap bench metadata roundtrip\n"
    "  coimap bench --install --peers all --page build/page\n"
    "\n"
    "It starts a private Dovecot with 10,000 made-up messages (the program private-dovecot of the\n"
    "tests, beside this one or named by COIMAP_PRIVATE_DOVECOT), records what it says, and plays it back "
    "from\n"
    "a server of its own that costs nothing, so that the client is measured.\n"};

/// Runs this very command again with a private Dovecot beside it. Returns when there is none to be had.
void begin_again_beside_dovecot(std::span<const std::string_view> words) {
    std::error_code ignored;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", ignored);
    const char* named = std::getenv("COIMAP_PRIVATE_DOVECOT");
    const std::string server =
        named != nullptr ? named
                         : (self.parent_path().parent_path() / "test/support/private-dovecot").string();
    if (::access(server.c_str(), X_OK) != 0)
        return;
    std::fputs("starting a private Dovecot with 10,000 messages\n", stderr);
    std::vector<std::string> call{server, "--seed", "10000", "--", self.string(), "bench"};
    call.insert(call.end(), words.begin(), words.end());
    std::vector<char*> pointers;
    for (std::string& each : call)
        pointers.push_back(each.data());
    pointers.push_back(nullptr);
    ::execv(pointers[0], pointers.data());
}

unsigned number_option(const arguments& given, std::string_view name, unsigned otherwise) {
    const auto text = given.value(name);
    if (!text)
        return otherwise;
    const int value = std::atoi(std::string(*text).c_str());
    if (value < 1)
        throw usage_error("--" + std::string(name) + " is not a number of 1 or more");
    return static_cast<unsigned>(value);
}

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> names;
    std::istringstream in{std::string(list)};
    for (std::string name; std::getline(in, name, ',');)
        if (!name.empty())
            names.push_back(name);
    return names;
}

void install_peers(const std::string& folder) {
    const char* script = "tools/bench/peers/install";
    if (::access(script, X_OK) != 0)
        throw usage_error("--install works in the folder of coimap's sources");
    if (std::system((std::string(script) + " '" + folder + "'").c_str()) != 0)
        throw failure(exit_status::unavailable, "the peers could not be installed");
}

task real_server(const arguments& given) {
    task where;
    if (const auto url = given.value("server")) {
        const server_url parsed = parse_server_url(std::string(*url));
        where.host = parsed.host;
        where.port = parsed.port;
        where.user = parsed.user;
        where.tls = parsed.implicit_tls;
        if (const char* password = std::getenv("COIMAP_PASSWORD"))
            where.password = password;
    } else if (const char* port = std::getenv("COIMAP_TEST_PORT")) {
        where.port = static_cast<unsigned short>(std::atoi(port));
    } else {
        where.port = 0;
    }
    return where;
}

void save(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    if (!file.flush())
        throw failure(exit_status::input_output, path + " cannot be written");
}

void write_files(const arguments& given, const circumstances& how, const harness& bench) {
    if (const auto path = given.value("json"))
        save(std::string(*path), json_of(how, bench.results(), bench.growths()));
    if (const auto path = given.value("svg"))
        write_plots(std::string(*path), bench.results(), bench.growths());
    if (const auto path = given.value("page"))
        write_page(std::string(*path), how, bench.results(), bench.growths());
}

} // namespace

exit_status run_bench(std::span<const std::string_view> words) {
    // How the harness calls itself, as one of the peers.
    if (!words.empty() && words[0] == "as-raw")
        return run_raw(parse_task(words.subspan(1))) ? exit_status::ok : exit_status{3};
    if (!words.empty() && words[0] == "as-coimap")
        return run_engine(parse_task(words.subspan(1))) ? exit_status::ok : exit_status{3};

    const arguments given(about, words);
    if (given.has("help")) {
        std::fputs(help_text(about).c_str(), stdout);
        return exit_status::ok;
    }
    harness_options wanted;
    const auto names = workload_names();
    for (const std::string_view name : given.positionals()) {
        if (std::find(names.begin(), names.end(), name) == names.end())
            throw usage_error("there is no workload " + std::string(name));
        wanted.workloads.emplace_back(name);
    }
    wanted.runs = number_option(given, "runs", 5);
    wanted.patience = std::chrono::seconds(number_option(given, "patience", 60));
    const std::string folder(given.value("peers-dir").value_or("build/peers"));
    if (given.has("install"))
        install_peers(folder);
    if (const auto list = given.value("peers"))
        wanted.peers = installed_peers(folder, *list == "all" ? std::vector<std::string>() : split(*list));
    wanted.server = real_server(given);
    if (wanted.server.port == 0 && std::getenv("COIMAP_TEST_DIR") == nullptr) {
        std::vector<std::string_view> again;
        for (const std::string_view word : words)
            if (word != "--install")
                again.push_back(word);
        begin_again_beside_dovecot(again);
        throw failure(
            exit_status::unavailable,
            "there is no private-dovecot beside this program: name one with COIMAP_PRIVATE_DOVECOT, "
            "or a server with --server");
    }
    if (const char* keys = std::getenv("COIMAP_TEST_DIR"))
        wanted.keys = keys;

    std::string command = "coimap bench";
    for (const std::string_view word : words)
        command.append(" ").append(word);
    harness bench(std::move(wanted));
    const circumstances how = circumstances_of(command, bench.options().runs);
    bench.run([&](const comparison& one) {
        std::fputs((text_of(one) + "\n").c_str(), stdout);
        std::fflush(stdout);
        // After each of them, since all together may take half an hour.
        write_files(given, how, bench);
    });
    write_files(given, how, bench);
    return exit_status::ok;
}

} // namespace coimap::tools
