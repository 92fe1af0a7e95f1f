#include "coimap/net/openssl_crypto.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace coimap {
namespace {

const EVP_MD* native(sasl::digest algorithm) noexcept {
    switch (algorithm) {
    case sasl::digest::md5:
        return EVP_md5();
    case sasl::digest::sha1:
        return EVP_sha1();
    case sasl::digest::sha256:
        return EVP_sha256();
    case sasl::digest::sha512:
        return EVP_sha512();
    }
    return nullptr;
}

const unsigned char* octets_of(std::string_view text) noexcept {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* room_of(std::string& text) noexcept {
    return reinterpret_cast<unsigned char*>(text.data());
}

class implementation final : public sasl::crypto {
public:
    result<std::string> hash(sasl::digest algorithm, std::string_view data) const override {
        std::string made(sasl::size_of(algorithm), '\0');
        if (EVP_Digest(data.data(), data.size(), room_of(made), nullptr, native(algorithm), nullptr) != 1)
            return errc::not_supported;
        return made;
    }

    result<std::string> hmac(sasl::digest algorithm, std::string_view key,
                             std::string_view data) const override {
        std::string made(sasl::size_of(algorithm), '\0');
        // OpenSSL takes a null key for "the one before".
        const void* place = key.empty() ? "" : key.data();
        if (HMAC(native(algorithm), place, static_cast<int>(key.size()), octets_of(data), data.size(),
                 room_of(made), nullptr) == nullptr)
            return errc::not_supported;
        return made;
    }

    result<std::string> pbkdf2(sasl::digest algorithm, std::string_view password, std::string_view salt,
                               std::uint32_t iterations, std::size_t length) const override {
        std::string made(length, '\0');
        if (PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), octets_of(salt),
                              static_cast<int>(salt.size()), static_cast<int>(iterations), native(algorithm),
                              static_cast<int>(length), room_of(made)) != 1)
            return errc::not_supported;
        return made;
    }

    result<std::string> random(std::size_t count) const override {
        std::string made(count, '\0');
        if (RAND_bytes(room_of(made), static_cast<int>(count)) != 1)
            return errc::not_supported;
        return made;
    }
};

} // namespace

const sasl::crypto& openssl_crypto() noexcept {
    static const implementation instance;
    return instance;
}

} // namespace coimap
