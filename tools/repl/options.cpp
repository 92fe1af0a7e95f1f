#include "repl/options.hpp"

#include "common/exit_status.hpp"
#include "repl/file_trace.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/number.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace coimap::tools {
namespace {

constexpr std::array options{
    option{"command", 'c', "COMMAND", "Run this command and end; may be given several times."},
    option{"user", 'u', "USER", "Log in as this user (else the URL's)."},
    option{"password-file", 0, "FILE", "The password is the first line of this file."},
    option{"password-command", 0, "COMMAND",
           "The password is the first line of what this prints. A JSON array\n"
           "of strings is run as it is, anything else by /bin/sh."},
    option{"mechanism", 0, "NAME", "The SASL mechanism (else the strongest)."},
    option{"tls", 0, "HOW",
           "implicit, starttls or none: plain text, with the password, on purpose.\n"
           "Else imaps:// is implicit and imap:// starttls."},
    option{"proxy", 0, "URL",
           "Go by this proxy: socks5://host:port or http://host:port, user@ in\n"
           "front of the host; its password comes from COIMAP_PROXY_PASSWORD."},
    option{"tunnel", 0, "COMMAND",
           "Speak with this program instead of connecting, such as\n"
           "'ssh host /usr/lib/dovecot/imap': words with spaces between them, run\n"
           "without a shell. The URL tells the user and the mailbox."},
    option{"ca", 0, "FILE", "Trust the certificates in this PEM file instead of the system's."},
    option{"timeout", 0, "SECONDS", "Give up when the server is silent for so long (60)."},
    option{"trace", 0, "FILE",
           "Write what goes over the wire to this file, without secrets; - is the\n"
           "standard error output."},
    option{"json", 0, "", "One JSON object a result or event, each in its line."},
};

void apply_tls(repl_options& parsed, std::string_view how) {
    if (iequals(how, "implicit")) {
        parsed.where.implicit_tls = true;
    } else if (iequals(how, "starttls")) {
        parsed.where.implicit_tls = false;
    } else if (iequals(how, "none")) {
        if (parsed.where.implicit_tls)
            throw usage_error("--tls=none goes with imap://, not with imaps://");
        parsed.connecting.tls(tls_mode::none).allow_cleartext_authentication();
        return;
    } else {
        throw usage_error("--tls is implicit, starttls or none");
    }
}

proxy proxy_of(std::string_view url) {
    proxy by = parse_proxy_url(url);
    if (const char* const password = std::getenv("COIMAP_PROXY_PASSWORD");
        password != nullptr && !by.user.empty()) {
        by.password = secret(password);
        ::unsetenv("COIMAP_PROXY_PASSWORD");
    }
    return by;
}

std::vector<std::string> words_of(std::string_view command) {
    std::vector<std::string> words;
    while (!command.empty()) {
        const std::size_t end = std::min(command.find(' '), command.size());
        if (end != 0)
            words.emplace_back(command.substr(0, end));
        command.remove_prefix(std::min(end + 1, command.size()));
    }
    if (words.empty())
        throw usage_error("--tunnel takes a command");
    return words;
}

} // namespace

const synopsis repl_synopsis{
    "coimap repl [options] URL [-c COMMAND]...",
    "Connects, logs in, and runs IMAP commands: at a prompt with history, completion\n"
    "and events as they come when it is on a terminal, else those of -c or of the\n"
    "standard input, up to the first that fails.\n"
    "\n"
    "URL is imaps://user@host:port/mailbox (TLS from the start, port 993) or\n"
    "imap://... (STARTTLS is demanded, port 143); the mailbox is selected. The\n"
    "password comes from --password-file, --password-command, COIMAP_PASSWORD, a\n"
    "bearer token from COIMAP_TOKEN, or it is asked for.",
    options,
    "Examples:\n"
    "  coimap repl imaps://anna@mail.example.org/INBOX\n"
    "  coimap repl imaps://anna@mail.example.org -c 'status INBOX' -c 'list %'\n"
    "  coimap repl --json --password-command 'pass show mail' \\\n"
    "      imaps://anna@mail.example.org/INBOX -c 'uid search unseen' -c 'idle 10m'\n"
    "  echo 'fetch last:5' | coimap repl --password-file ~/.mail imaps://anna@mail.example.org/INBOX\n"
    "\n"
    "`help` at the prompt (or -c help) lists the commands. When the connection is lost\n"
    "there, the next command connects, logs in and selects the mailbox again.\n"
    "\n"
    "Exit status: 0; 1 the server refused a command; 64 usage; 69 no connection, or\n"
    "it was lost; 70 a bug; 74 a file; 75 timeout; 76 the server broke the protocol,\n"
    "or a limit was passed; 77 authentication or the certificate; 130 interrupted;\n"
    "141 (SIGPIPE) nobody reads the output any more.",
};

repl_options parse_repl_options(std::span<const std::string_view> words) {
    const arguments given(repl_synopsis, words);
    repl_options parsed;
    if (given.has("help")) {
        parsed.help = true;
        return parsed;
    }
    if (given.positionals().size() != 1)
        throw usage_error(given.positionals().empty() ? "a URL is needed, such as imaps://user@host/INBOX"
                                                      : "only one URL is wanted");
    parsed.where = parse_server_url(given.positionals()[0]);
    parsed.connecting.tls(parsed.where.implicit_tls ? tls_mode::implicit : tls_mode::starttls);
    if (const auto how = given.value("tls")) {
        apply_tls(parsed, *how);
        if (!iequals(*how, "none"))
            parsed.connecting.tls(parsed.where.implicit_tls ? tls_mode::implicit : tls_mode::starttls);
    }
    if (const auto user = given.value("user"))
        parsed.where.user = *user;
    if (const auto file = given.value("password-file"))
        parsed.passwords.file = std::string(*file);
    if (const auto command = given.value("password-command"))
        parsed.passwords.command = std::string(*command);
    parsed.mechanism = upper(given.value("mechanism").value_or(parsed.where.mechanism));
    if (const auto file = given.value("ca"))
        parsed.connecting.ca_file(std::string(*file));
    if (const auto by = given.value("proxy"))
        parsed.connecting.proxy(proxy_of(*by));
    if (const auto command = given.value("tunnel"))
        parsed.tunnel = words_of(*command);
    if (const auto limit = given.value("timeout")) {
        const auto seconds = parse_number(*limit);
        if (!seconds || *seconds == 0 || *seconds > 86400)
            throw usage_error("--timeout takes a number of seconds");
        const std::chrono::seconds duration(static_cast<std::int64_t>(*seconds));
        parsed.connecting.inactivity(duration).timeout(duration);
    }
    if (const auto file = given.value("trace"))
        parsed.connecting.trace(std::make_shared<file_trace>(std::string(*file)));
    parsed.commands = given.values("command");
    parsed.json = given.has("json");
    return parsed;
}

} // namespace coimap::tools
