// LOGIN and AUTHENTICATE: which of them, by which mechanism, and never in the clear by accident.

#include "coimap/client/client.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/net/connection.hpp"
#include "coimap/net/openssl_crypto.hpp"
#include "coimap/sasl/ranking.hpp"
#include "coimap/session/commands/authenticate.hpp"
#include "coimap/session/commands/capability.hpp"
#include "coimap/session/commands/login.hpp"

#include <algorithm>

namespace coimap {
namespace {

using core_ptr = std::shared_ptr<connection>;

[[noreturn]] void refuse(errc code, std::string operation, std::string text = {}) {
    diagnostics details;
    details.operation = std::move(operation);
    details.text = std::move(text);
    throw error(make_error_code(code), details);
}

asio::awaitable<void> ask_capabilities(core_ptr core) {
    pending asked(core->submit(std::make_shared<commands::capability_command>()));
    co_await asked.wait();
}

asio::awaitable<void> run_login(core_ptr core, bool cleartext, std::string user, secret password) {
    if (!cleartext && !core->session().options().secure)
        refuse(errc::cleartext_refused, "LOGIN");
    if (!core->session().caps().known())
        co_await ask_capabilities(core);
    if (core->session().caps().has("LOGINDISABLED"))
        refuse(errc::login_disabled, "LOGIN");
    pending under_way(
        core->submit(std::make_shared<commands::login_command>(std::move(user), std::move(password))));
    co_await under_way.wait();
    if (!core->session().caps().known())
        co_await ask_capabilities(core);
}

/// Whether another mechanism may do better: this one was refused as such, not the credentials. Some servers
/// advertise CRAM-MD5 for accounts whose passwords they cannot check by it.
bool worth_another(const error& problem, std::string_view mechanism) noexcept {
    if (!problem.connection_usable() || problem.has_code("AUTHENTICATIONFAILED"))
        return false;
    return problem.details().status == "BAD" || problem.has_code("CANNOT") || mechanism == "CRAM-MD5";
}

asio::awaitable<void> run_authenticate(core_ptr core, bool cleartext, sasl::credentials who,
                                       sasl::mechanism_registry registry, std::string exact) {
    if (!core->session().caps().known())
        co_await ask_capabilities(core);
    std::vector<std::string> offered;
    for (const auto& name : core->session().caps().values("AUTH"))
        offered.emplace_back(name);
    const bool secure = core->session().options().secure;

    sasl::policy rules(who);
    rules.cleartext_password_allowed(secure || cleartext);
    rules.external(!who.user().empty() && who.password().empty() && who.token().empty());
    rules.exact(exact);
    if (iequals(exact, "EXTERNAL"))
        rules.external(true);

    for (;;) {
        const std::vector<std::string_view> names(offered.begin(), offered.end());
        const result<sasl::mechanism_entry> chosen = sasl::choose(names, rules, registry);
        if (!chosen) {
            // No mechanism at all: the server knows only the command LOGIN.
            const bool plain_login = exact.empty() && offered.empty() && !who.password().empty();
            if (!plain_login)
                refuse(static_cast<errc>(chosen.error().value()), "AUTHENTICATE",
                       exact.empty() ? std::string() : "wanted: " + exact);
            std::string user = who.user();
            secret password = who.password();
            co_await run_login(core, cleartext, std::move(user), std::move(password));
            co_return;
        }
        const sasl::mechanism_context context(who, openssl_crypto());
        auto what = std::make_shared<commands::authenticate_command>(chosen->make(context));
        std::optional<error> failure;
        pending under_way(core->submit(what));
        try {
            co_await under_way.wait();
        } catch (const error& problem) {
            failure = problem;
        }
        if (!failure)
            break;
        if (const std::string detail = what->mechanism().failure_detail(); !detail.empty()) {
            diagnostics details = failure->details();
            details.text += details.text.empty() ? detail : " " + detail;
            throw error(failure->code(), details);
        }
        if (!exact.empty() || !worth_another(*failure, chosen->name()))
            throw *failure;
        std::erase_if(offered, [&](const std::string& name) { return iequals(name, chosen->name()); });
        if (offered.empty())
            throw *failure;
    }
    if (!core->session().caps().known())
        co_await ask_capabilities(core);
}

} // namespace

asio::awaitable<void> client::login(std::string user, secret password) {
    return run_login(core_, allow_cleartext_, std::move(user), std::move(password));
}

asio::awaitable<void> client::authenticate(sasl::credentials who, std::string mechanism) {
    return run_authenticate(core_, allow_cleartext_, std::move(who), sasl::mechanism_registry(),
                            std::move(mechanism));
}

asio::awaitable<void> client::authenticate(sasl::credentials who, const sasl::mechanism_registry& among,
                                           std::string mechanism) {
    return run_authenticate(core_, allow_cleartext_, std::move(who), among, std::move(mechanism));
}

} // namespace coimap
