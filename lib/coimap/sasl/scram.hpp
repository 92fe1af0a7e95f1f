#pragma once
// SCRAM (RFC 5802 with SHA-1, RFC 7677 with SHA-256, and SHA-512 after the same pattern): both sides prove
// that they know the password, and neither shows it.

#include "coimap/sasl/credentials.hpp"
#include "coimap/sasl/crypto.hpp"
#include "coimap/sasl/mechanism.hpp"

#include <cstdint>
#include <utility>

namespace coimap::sasl {

/// What ties the authentication to the TLS connection beneath it (RFC 5056): "tls-exporter" (RFC 9266) or
/// "tls-server-end-point" (RFC 5929), and its octets. No name, no binding.
class channel_binding {
public:
    channel_binding() {}
    channel_binding(std::string name, std::string data) : name_(std::move(name)), data_(std::move(data)) {}

    const std::string& name() const noexcept { return name_; }
    const std::string& data() const noexcept { return data_; }
    bool empty() const noexcept { return name_.empty(); }

private:
    std::string name_;
    std::string data_;
};

/// What the client says about channel binding (RFC 5802 section 6). A server that does offer it sees from
/// `not_offered` that somebody removed the offer on its way, and refuses.
enum class binding_use {
    not_supported, ///< 'n': this side has no binding, or does not use it although the server offers it
    not_offered,   ///< 'y': this side could, but the server offered no mechanism whose name ends in -PLUS
    bound,         ///< 'p': the mechanism whose name ends in -PLUS
};

class scram final : public mechanism {
public:
    /// The bounds of the work that a server may ask for. Fewer iterations than RFC 7677 section 4 demands
    /// make guessing cheap for whoever listens; a million takes most of a second.
    static constexpr std::uint32_t least_iterations = 4096;
    static constexpr std::uint32_t most_iterations = 1'000'000;
    static constexpr std::size_t longest_salt = 1024;

    /// `algorithm` is one of sha1, sha256 and sha512. `functions` has to outlive the mechanism. An empty
    /// `nonce` means a random one; tests pass the one of the RFC's example.
    scram(digest algorithm, const credentials& who, const crypto& functions,
          binding_use use = binding_use::not_supported, channel_binding binding = {}, std::string nonce = {});

    std::string_view name() const noexcept override;
    bool client_first() const noexcept override { return true; }

    /// errc::invalid_argument when the user or the password is empty or cannot be prepared (saslprep.hpp), or
    /// `bound` was asked for without a binding; errc::bad_utf8.
    result<std::string> initial() override;

    /// errc::bad_challenge for a message that does not fit the grammar, mandatory extensions (`m=`), a nonce
    /// that is not ours and more, and work out of bounds. errc::authentication_failed when the server reports
    /// an error, which is then in `failure_detail()`. errc::server_not_authentic for a signature that is
    /// missing or wrong.
    result<std::string> respond(std::string_view challenge) override;

    /// Only after the server has proved that it knows the password.
    bool may_finish() const noexcept override { return state_ == state::verified; }
    std::string failure_detail() const override { return failure_; }
    bool sends_password_in_clear() const noexcept override { return false; }

private:
    enum class state { start, first_sent, proof_sent, verified, failed };

    std::string gs2_header() const;
    result<std::string> first_message();
    result<std::string> prove(std::string_view message);
    result<std::string> verify(std::string_view message);
    std::error_code refused(std::string_view reason);

    digest algorithm_;
    std::string user_;
    std::string authorization_id_;
    secret password_;
    const crypto& crypto_;
    binding_use use_;
    channel_binding binding_;
    std::string nonce_;
    std::string first_bare_;  // our first message without the GS2 header
    secret server_signature_; // what the server has to send
    std::string failure_;
    state state_ = state::start;
};

} // namespace coimap::sasl
