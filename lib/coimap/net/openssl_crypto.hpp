#pragma once
// The cryptography of SASL mechanisms, by OpenSSL.

#include "coimap/sasl/crypto.hpp"

namespace coimap {

/// Stateless; one for all.
const sasl::crypto& openssl_crypto() noexcept;

} // namespace coimap
