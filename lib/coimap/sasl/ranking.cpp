#include "coimap/sasl/ranking.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/sasl/anonymous.hpp"
#include "coimap/sasl/cram_md5.hpp"
#include "coimap/sasl/external.hpp"
#include "coimap/sasl/login.hpp"
#include "coimap/sasl/oauthbearer.hpp"
#include "coimap/sasl/plain.hpp"
#include "coimap/sasl/xoauth2.hpp"

#include <algorithm>

namespace coimap::sasl {
namespace {

template<class Mechanism>
std::unique_ptr<mechanism> from_credentials(const mechanism_context& context) {
    return std::make_unique<Mechanism>(context.who());
}

template<digest Algorithm>
std::unique_ptr<mechanism> make_scram(const mechanism_context& context) {
    // Saying "not offered" to a server that does offer it would look like an attack.
    const bool missed = !context.binding().empty() && !context.server_offers_binding();
    return std::make_unique<scram>(Algorithm, context.who(), context.functions(),
                                   missed ? binding_use::not_offered : binding_use::not_supported);
}

template<digest Algorithm>
std::unique_ptr<mechanism> make_scram_plus(const mechanism_context& context) {
    return std::make_unique<scram>(Algorithm, context.who(), context.functions(), binding_use::bound,
                                   context.binding());
}

mechanism_entry over_tls(std::string name, int rank, credential_kind needs, mechanism_factory factory) {
    return mechanism_entry(std::move(name), rank, needs, std::move(factory)).needs_tls(true);
}

mechanism_entry plus(std::string name, int rank, mechanism_factory factory) {
    return mechanism_entry(std::move(name), rank, credential_kind::password, std::move(factory))
        .needs_channel_binding(true);
}

bool offers(const std::vector<std::string_view>& server_mechanisms, std::string_view name) noexcept {
    return std::any_of(server_mechanisms.begin(), server_mechanisms.end(),
                       [name](std::string_view each) { return iequals(each, name); });
}

} // namespace

bool policy::has(credential_kind kind) const noexcept {
    switch (kind) {
    case credential_kind::none:
        return true;
    case credential_kind::password:
        return password_;
    case credential_kind::token:
        return token_;
    case credential_kind::external:
        return external_;
    }
    return false;
}

mechanism_registry::mechanism_registry() {
    constexpr auto password = credential_kind::password;
    constexpr auto token = credential_kind::token;
    register_mechanism("EXTERNAL", 1000, credential_kind::external, from_credentials<external>);
    register_mechanism(plus("SCRAM-SHA-512-PLUS", 912, make_scram_plus<digest::sha512>));
    register_mechanism(plus("SCRAM-SHA-256-PLUS", 856, make_scram_plus<digest::sha256>));
    register_mechanism(plus("SCRAM-SHA-1-PLUS", 801, make_scram_plus<digest::sha1>));
    register_mechanism("SCRAM-SHA-512", 712, password, make_scram<digest::sha512>);
    register_mechanism("SCRAM-SHA-256", 656, password, make_scram<digest::sha256>);
    register_mechanism("SCRAM-SHA-1", 601, password, make_scram<digest::sha1>);
    register_mechanism(over_tls("OAUTHBEARER", 500, token, from_credentials<oauthbearer>));
    register_mechanism(over_tls("XOAUTH2", 450, token, from_credentials<xoauth2>));
    // Who reads the answer guesses passwords at the speed of MD5, and nothing proves the server.
    register_mechanism(over_tls("CRAM-MD5", 300, password,
                                [](const mechanism_context& context) -> std::unique_ptr<mechanism> {
                                    return std::make_unique<cram_md5>(context.who(), context.functions());
                                }));
    register_mechanism(over_tls("PLAIN", 200, password, from_credentials<plain>));
    register_mechanism(over_tls("LOGIN", 100, password, from_credentials<login>));
    register_mechanism("ANONYMOUS", 0, credential_kind::none, from_credentials<anonymous>);
}

void mechanism_registry::register_mechanism(mechanism_entry entry) {
    remove(entry.name());
    const auto place = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const mechanism_entry& each) { return each.rank() < entry.rank(); });
    entries_.insert(place, std::move(entry));
}

void mechanism_registry::remove(std::string_view name) {
    std::erase_if(entries_, [name](const mechanism_entry& each) { return iequals(each.name(), name); });
}

const mechanism_entry* mechanism_registry::find(std::string_view name) const noexcept {
    for (const mechanism_entry& each : entries_)
        if (iequals(each.name(), name))
            return &each;
    return nullptr;
}

result<mechanism_entry> choose(const std::vector<std::string_view>& server_mechanisms, const policy& rules,
                               const mechanism_registry& registry) {
    bool refused = false; // something would do, were the connection protected
    for (const mechanism_entry& each : registry.entries()) {
        const bool wanted = rules.exact().empty() ? each.needs() != credential_kind::none
                                                  : iequals(each.name(), rules.exact());
        if (!wanted || !offers(server_mechanisms, each.name()) || !rules.has(each.needs()))
            continue;
        if (each.needs_channel_binding() && !rules.channel_binding())
            continue;
        if (each.needs_tls() && !rules.cleartext_password_allowed()) {
            refused = true;
            continue;
        }
        return each;
    }
    return refused ? errc::cleartext_refused : errc::no_mechanism;
}

result<mechanism_entry> choose(const std::vector<std::string_view>& server_mechanisms, const policy& rules) {
    return choose(server_mechanisms, rules, mechanism_registry());
}

bool offers_channel_binding(const std::vector<std::string_view>& server_mechanisms) noexcept {
    constexpr std::string_view suffix = "-PLUS";
    return std::any_of(server_mechanisms.begin(), server_mechanisms.end(), [suffix](std::string_view each) {
        return each.size() > suffix.size() && iequals(each.substr(each.size() - suffix.size()), suffix);
    });
}

} // namespace coimap::sasl
