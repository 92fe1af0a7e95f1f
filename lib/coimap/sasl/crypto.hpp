#pragma once
// The cryptography that SASL mechanisms need, as an interface: this floor has none of its own, and a program
// may bring whichever library it links anyway.
//
// Octets go in and out as strings. Implementations report failure (a digest that the library refuses, such as
// MD5 in FIPS mode) as an error code and never throw. They keep no state that mechanisms could see, so one
// object serves any number of connections on one executor.

#include "coimap/core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace coimap::sasl {

enum class digest { md5, sha1, sha256, sha512 };

/// Octets of a digest.
constexpr std::size_t size_of(digest algorithm) noexcept {
    switch (algorithm) {
    case digest::md5:
        return 16;
    case digest::sha1:
        return 20;
    case digest::sha256:
        return 32;
    case digest::sha512:
        return 64;
    }
    return 0;
}

class crypto {
public:
    virtual ~crypto() = default;

    virtual result<std::string> hash(digest algorithm, std::string_view data) const = 0;

    /// RFC 2104.
    virtual result<std::string> hmac(digest algorithm, std::string_view key, std::string_view data) const = 0;

    /// RFC 8018 section 5.2, with HMAC over `algorithm`; `length` octets. SCRAM asks for up to a million
    /// iterations, which is most of a second: the mechanism bounds it, not the implementation.
    virtual result<std::string> pbkdf2(digest algorithm, std::string_view password, std::string_view salt,
                                       std::uint32_t iterations, std::size_t length) const = 0;

    /// Octets that nobody can guess.
    virtual result<std::string> random(std::size_t count) const = 0;
};

} // namespace coimap::sasl
