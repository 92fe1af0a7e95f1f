#pragma once
// `sasl::crypto` over OpenSSL, for tests of the floor below the I/O line, which has no cryptography of its
// own.

#include "coimap/sasl/crypto.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <string>
#include <string_view>

namespace coimap::test {

class openssl_crypto final : public sasl::crypto {
public:
    result<std::string> hash(sasl::digest algorithm, std::string_view data) const override {
        std::string octets(sasl::size_of(algorithm), '\0');
        if (EVP_Digest(data.data(), data.size(), out(octets), nullptr, evp(algorithm), nullptr) != 1)
            return errc::not_supported;
        return octets;
    }

    result<std::string> hmac(sasl::digest algorithm, std::string_view key,
                             std::string_view data) const override {
        std::string octets(sasl::size_of(algorithm), '\0');
        // A null key means "the previous one" to OpenSSL, so an empty one points somewhere.
        const char* const place = key.empty() ? "" : key.data();
        if (HMAC(evp(algorithm), place, static_cast<int>(key.size()), in(data), data.size(), out(octets),
                 nullptr) == nullptr)
            return errc::not_supported;
        return octets;
    }

    result<std::string> pbkdf2(sasl::digest algorithm, std::string_view password, std::string_view salt,
                               std::uint32_t iterations, std::size_t length) const override {
        std::string octets(length, '\0');
        if (PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), in(salt),
                              static_cast<int>(salt.size()), static_cast<int>(iterations), evp(algorithm),
                              static_cast<int>(length), out(octets)) != 1)
            return errc::not_supported;
        return octets;
    }

    result<std::string> random(std::size_t count) const override {
        std::string octets(count, '\0');
        if (RAND_bytes(out(octets), static_cast<int>(count)) != 1)
            return errc::not_supported;
        return octets;
    }

private:
    static const EVP_MD* evp(sasl::digest algorithm) {
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
    static const unsigned char* in(std::string_view octets) {
        return reinterpret_cast<const unsigned char*>(octets.data());
    }
    static unsigned char* out(std::string& octets) { return reinterpret_cast<unsigned char*>(octets.data()); }
};

} // namespace coimap::test
