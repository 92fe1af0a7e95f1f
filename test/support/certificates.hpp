#pragma once
// A certificate authority of this process's own, with the certificates that servers and clients need in
// tests: right ones, and one for each way in which a certificate can be wrong.

#include <filesystem>
#include <string>

namespace coimap::test {

/// A certificate with its key, both PEM.
struct key_pair {
    std::string certificate;
    std::string key;
};

struct certificates {
    key_pair authority;
    key_pair server;         ///< for localhost, 127.0.0.1 and ::1
    key_pair wrong_host;     ///< for imap.example.net
    key_pair expired;        ///< for localhost, until yesterday
    key_pair self_signed;    ///< for localhost, signed by itself
    key_pair unknown_issuer; ///< for localhost, by an authority that nobody trusts
    key_pair client_alice;   ///< a client's, with the common name alice
};

/// Made at the first call (about 0.1 s), by the program `openssl`; kept in memory, not on disk.
const certificates& test_certificates();

void write_file(const std::filesystem::path& path, const std::string& content);

} // namespace coimap::test
