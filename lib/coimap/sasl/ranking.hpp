#pragma once
// Which mechanism to use: a registry of those that this side has, strongest first, and the choice among those
// that the server offers.

#include "coimap/sasl/credentials.hpp"
#include "coimap/sasl/crypto.hpp"
#include "coimap/sasl/mechanism.hpp"
#include "coimap/sasl/scram.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::sasl {

/// What a mechanism needs before it can be tried.
enum class credential_kind {
    none,     ///< anonymous: only ever used when it was asked for by its name
    password, ///< a password
    token,    ///< an OAuth token
    external, ///< an identity that the server knows otherwise, such as a TLS certificate
};

/// What a factory builds a mechanism from. Refers to the caller's values for the time of the call; only
/// `crypto` has to outlive the mechanism.
class mechanism_context {
public:
    mechanism_context(const credentials& who, const crypto& functions) : who_(who), crypto_(functions) {}
    mechanism_context(const credentials& who, const crypto& functions, const channel_binding& binding,
                      bool server_offers_binding)
        : who_(who), crypto_(functions), binding_(binding), server_offers_binding_(server_offers_binding) {}

    const credentials& who() const noexcept { return who_; }
    const crypto& functions() const noexcept { return crypto_; }
    const channel_binding& binding() const noexcept { return binding_; }
    /// Whether the server lists any mechanism whose name ends in -PLUS (`offers_channel_binding`).
    bool server_offers_binding() const noexcept { return server_offers_binding_; }

private:
    const credentials& who_;
    const crypto& crypto_;
    channel_binding binding_;
    bool server_offers_binding_ = false;
};

using mechanism_factory = std::function<std::unique_ptr<mechanism>(const mechanism_context&)>;

/// A mechanism that this side has.
class mechanism_entry {
public:
    mechanism_entry(std::string name, int rank, credential_kind needs, mechanism_factory factory)
        : name_(std::move(name)), rank_(rank), needs_(needs), factory_(std::move(factory)) {}

    /// Only over TLS, unless the caller allows otherwise: the password or token can be read off the
    /// connection, or guessed from what can.
    mechanism_entry& needs_tls(bool value) {
        needs_tls_ = value;
        return *this;
    }
    mechanism_entry& needs_channel_binding(bool value) {
        needs_channel_binding_ = value;
        return *this;
    }

    const std::string& name() const noexcept { return name_; }
    int rank() const noexcept { return rank_; }
    credential_kind needs() const noexcept { return needs_; }
    bool needs_tls() const noexcept { return needs_tls_; }
    bool needs_channel_binding() const noexcept { return needs_channel_binding_; }
    std::unique_ptr<mechanism> make(const mechanism_context& context) const { return factory_(context); }

private:
    std::string name_;
    int rank_;
    credential_kind needs_;
    bool needs_tls_ = false;
    bool needs_channel_binding_ = false;
    mechanism_factory factory_;
};

/// What the caller has and allows.
class policy {
public:
    policy() {}
    /// From what the credentials hold.
    explicit policy(const credentials& who)
        : password_(!who.password().empty()), token_(!who.token().empty()) {}

    policy& cleartext_password_allowed(bool value) {
        cleartext_password_allowed_ = value;
        return *this;
    }
    policy& password(bool value) {
        password_ = value;
        return *this;
    }
    policy& token(bool value) {
        token_ = value;
        return *this;
    }
    policy& external(bool value) {
        external_ = value;
        return *this;
    }
    policy& channel_binding(bool value) {
        channel_binding_ = value;
        return *this;
    }
    /// Only this mechanism, whatever else the server has.
    policy& exact(std::string name) {
        exact_ = std::move(name);
        return *this;
    }

    /// Passwords and tokens may be sent as they are: over TLS, or because the caller said so.
    bool cleartext_password_allowed() const noexcept { return cleartext_password_allowed_; }
    bool channel_binding() const noexcept { return channel_binding_; }
    const std::string& exact() const noexcept { return exact_; }
    bool has(credential_kind kind) const noexcept;

private:
    bool cleartext_password_allowed_ = false;
    bool password_ = false;
    bool token_ = false;
    bool external_ = false;
    bool channel_binding_ = false;
    std::string exact_;
};

/// A value: each connection may have its own, with a program's own mechanisms among the library's.
class mechanism_registry {
public:
    /// All mechanisms of the library, ranked as follows: EXTERNAL (1000); SCRAM with channel binding (912,
    /// 856, 801: the rest of the number is the digest); SCRAM without (712, 656, 601); OAUTHBEARER (500);
    /// XOAUTH2 (450); CRAM-MD5 (300); PLAIN (200); LOGIN (100); ANONYMOUS (0).
    mechanism_registry();

    static mechanism_registry empty() { return mechanism_registry(nothing()); }

    /// Adds a mechanism, or replaces the one of that name. Equal ranks keep the order in which they came.
    void register_mechanism(mechanism_entry entry);
    void register_mechanism(std::string name, int rank, credential_kind needs, mechanism_factory factory) {
        register_mechanism(mechanism_entry(std::move(name), rank, needs, std::move(factory)));
    }

    /// Forgets the mechanism of that name; nothing happens when there is none.
    void remove(std::string_view name);

    /// Strongest first.
    const std::vector<mechanism_entry>& entries() const noexcept { return entries_; }

    /// By name, compared without case; null when there is none.
    const mechanism_entry* find(std::string_view name) const noexcept;

private:
    struct nothing {};
    explicit mechanism_registry(nothing) {}

    std::vector<mechanism_entry> entries_;
};

/// The strongest mechanism that both sides have, the policy allows and there are credentials for. The
/// server's names stand as in its capabilities, without "AUTH=", compared without case.
/// errc::cleartext_refused when only the lack of TLS stands in the way, else errc::no_mechanism.
result<mechanism_entry> choose(const std::vector<std::string_view>& server_mechanisms, const policy& rules,
                               const mechanism_registry& registry);

/// The same, with the library's own mechanisms.
result<mechanism_entry> choose(const std::vector<std::string_view>& server_mechanisms, const policy& rules);

/// Whether the server lists a mechanism with channel binding.
bool offers_channel_binding(const std::vector<std::string_view>& server_mechanisms) noexcept;

} // namespace coimap::sasl
