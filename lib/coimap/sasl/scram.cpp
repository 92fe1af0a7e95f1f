#include "coimap/sasl/scram.hpp"

#include "coimap/core/base64.hpp"
#include "coimap/core/number.hpp"
#include "coimap/sasl/checks.hpp"
#include "coimap/sasl/saslprep.hpp"

#include <optional>

namespace coimap::sasl {
namespace {

// 144 bits, a multiple of three octets so that no padding stands in the message.
constexpr std::size_t nonce_octets = 18;

// A row of attributes, `a=value` with commas between, taken off one by one from the front.
class attribute_reader {
public:
    explicit attribute_reader(std::string_view message) noexcept : rest_(message) {}

    /// The value of the next attribute when that is its name.
    std::optional<std::string_view> take(char name) {
        if (ended_ || rest_.size() < 2 || rest_[0] != name || rest_[1] != '=')
            return std::nullopt;
        const std::size_t comma = rest_.find(',');
        const std::string_view value = rest_.substr(2, comma == std::string_view::npos ? comma : comma - 2);
        if (comma == std::string_view::npos)
            ended_ = true;
        else
            rest_.remove_prefix(comma + 1);
        return value;
    }

    /// Whether what is left is well-formed extensions, none of them mandatory.
    bool only_extensions_left() {
        while (!ended_) {
            if (rest_.empty() || !is_alpha(rest_[0]) || rest_[0] == 'm')
                return false;
            const auto value = take(rest_[0]);
            if (!value || value->empty() || has_nul(*value))
                return false;
        }
        return true;
    }

private:
    std::string_view rest_;
    bool ended_ = false;
};

// What the server sends in its first message.
struct server_first {
    std::string_view nonce;
    std::string salt;
    std::uint32_t iterations = 0;
};

result<server_first> read_server_first(std::string_view message) {
    server_first first;
    attribute_reader attributes(message);

    const auto nonce = attributes.take('r');
    if (!nonce || !is_visible_ascii(*nonce))
        return errc::bad_challenge;
    first.nonce = *nonce;

    const auto salt = attributes.take('s');
    if (!salt || salt->size() > (scram::longest_salt + 2) / 3 * 4)
        return errc::bad_challenge;
    auto octets = decode_base64(*salt);
    if (!octets || octets->empty() || octets->size() > scram::longest_salt)
        return errc::bad_challenge;
    first.salt = std::move(*octets);

    const auto iterations = attributes.take('i');
    if (!iterations || iterations->empty() || iterations->front() == '0')
        return errc::bad_challenge;
    const auto count = parse_number(*iterations);
    if (!count || *count < scram::least_iterations || *count > scram::most_iterations)
        return errc::bad_challenge;
    first.iterations = static_cast<std::uint32_t>(*count);

    if (!attributes.only_extensions_left())
        return errc::bad_challenge;
    return first;
}

} // namespace

scram::scram(digest algorithm, const credentials& who, const crypto& functions, binding_use use,
             channel_binding binding, std::string nonce)
    : algorithm_(algorithm), user_(who.user()), authorization_id_(who.authorization_id()),
      password_(who.password()), crypto_(functions), use_(use), binding_(std::move(binding)),
      nonce_(std::move(nonce)) {}

std::string_view scram::name() const noexcept {
    const bool plus = use_ == binding_use::bound;
    switch (algorithm_) {
    case digest::sha1:
        return plus ? "SCRAM-SHA-1-PLUS" : "SCRAM-SHA-1";
    case digest::sha256:
        return plus ? "SCRAM-SHA-256-PLUS" : "SCRAM-SHA-256";
    case digest::sha512:
        return plus ? "SCRAM-SHA-512-PLUS" : "SCRAM-SHA-512";
    case digest::md5:
        break;
    }
    return {};
}

std::string scram::gs2_header() const {
    std::string header;
    switch (use_) {
    case binding_use::not_supported:
        header = "n,";
        break;
    case binding_use::not_offered:
        header = "y,";
        break;
    case binding_use::bound:
        header = "p=" + binding_.name() + ",";
        break;
    }
    if (!authorization_id_.empty())
        header += "a=" + escape_name(authorization_id_);
    header.push_back(',');
    return header;
}

result<std::string> scram::initial() {
    if (state_ != state::start)
        return errc::bad_state;
    auto message = first_message();
    state_ = message ? state::first_sent : state::failed;
    if (!message)
        password_.clear();
    return message;
}

result<std::string> scram::first_message() {
    if (name().empty() || (use_ == binding_use::bound && binding_.empty()) || !is_identity(authorization_id_))
        return errc::invalid_argument;
    const auto user = saslprep(user_);
    if (!user)
        return user.error();
    auto password = saslprep(password_.reveal());
    if (!password)
        return password.error();
    password_ = secret(std::move(*password));
    if (user->empty() || password_.empty())
        return errc::invalid_argument;

    if (nonce_.empty()) {
        const auto octets = crypto_.random(nonce_octets);
        if (!octets)
            return octets.error();
        nonce_ = encode_base64(*octets);
    }
    first_bare_ = "n=" + escape_name(*user) + ",r=" + nonce_;
    return gs2_header() + first_bare_;
}

result<std::string> scram::respond(std::string_view challenge) {
    switch (state_) {
    case state::first_sent: {
        auto proof = prove(challenge);
        password_.clear();
        state_ = proof ? state::proof_sent : state::failed;
        return proof;
    }
    case state::proof_sent: {
        auto end = verify(challenge);
        server_signature_.clear();
        state_ = end ? state::verified : state::failed;
        return end;
    }
    case state::start:
    case state::verified:
    case state::failed:
        break;
    }
    state_ = state::failed;
    return errc::bad_challenge;
}

std::error_code scram::refused(std::string_view reason) {
    failure_ = reason;
    return errc::authentication_failed;
}

result<std::string> scram::prove(std::string_view message) {
    // The RFC lets a server report errors only at the end; some know sooner that there is no such user.
    if (const auto reason = attribute_reader(message).take('e'))
        return refused(*reason);
    const auto first = read_server_first(message);
    if (!first)
        return first.error();
    if (first->nonce.size() <= nonce_.size() || first->nonce.substr(0, nonce_.size()) != nonce_)
        return errc::bad_challenge;

    std::string bound = gs2_header();
    if (use_ == binding_use::bound)
        bound += binding_.data();
    std::string final_message = "c=" + encode_base64(bound) + ",r=" + std::string(first->nonce);
    const std::string signed_text = first_bare_ + "," + std::string(message) + "," + final_message;

    // Section 3, with its names. What the password follows from is wiped.
    const auto derive = [this](const secret& key, std::string_view text) -> result<secret> {
        auto octets = crypto_.hmac(algorithm_, key.reveal(), text);
        if (!octets)
            return octets.error();
        return secret(std::move(*octets));
    };
    auto stretched =
        crypto_.pbkdf2(algorithm_, password_.reveal(), first->salt, first->iterations, size_of(algorithm_));
    if (!stretched)
        return stretched.error();
    const secret salted_password(std::move(*stretched));
    const auto client_key = derive(salted_password, "Client Key");
    if (!client_key)
        return client_key.error();
    const auto server_key = derive(salted_password, "Server Key");
    if (!server_key)
        return server_key.error();
    auto hashed = crypto_.hash(algorithm_, client_key->reveal());
    if (!hashed)
        return hashed.error();
    const secret stored_key(std::move(*hashed));
    const auto client_signature = derive(stored_key, signed_text);
    if (!client_signature)
        return client_signature.error();
    auto server_signature = derive(*server_key, signed_text);
    if (!server_signature)
        return server_signature.error();
    if (client_key->size() != client_signature->size())
        return errc::invalid_argument;
    server_signature_ = std::move(*server_signature);

    std::string proof(client_key->reveal());
    for (std::size_t i = 0; i < proof.size(); ++i)
        proof[i] = static_cast<char>(proof[i] ^ client_signature->reveal()[i]);
    return final_message + ",p=" + encode_base64(proof);
}

result<std::string> scram::verify(std::string_view message) {
    attribute_reader attributes(message);
    if (const auto reason = attributes.take('e'))
        return refused(*reason);
    const auto verifier = attributes.take('v');
    if (!verifier)
        return errc::server_not_authentic;
    const auto signature = decode_base64(*verifier);
    if (!signature || !equal_in_constant_time(*signature, server_signature_.reveal()))
        return errc::server_not_authentic;
    if (!attributes.only_extensions_left())
        return errc::bad_challenge;
    return std::string();
}

} // namespace coimap::sasl
