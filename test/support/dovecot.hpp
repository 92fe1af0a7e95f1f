#pragma once
// A private Dovecot: an IMAP server of a test's own, on loopback, without any rights, in a temporary folder.
//
// It is ready when the constructor returns (in about 0.3 s) and gone, with all its files, when the object is,
// or when the process that made it ends in any way. Users alice, bob and carol have the password "secret".

#include "support/certificates.hpp"
#include "support/raw_imap.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace coimap::test {

struct dovecot_options {
    /// Where its own folder is made, which the user `nobody` must be able to reach; empty: the system's place
    /// for temporary files.
    std::filesystem::path parent = {};

    /// What it shows on the TLS port and after STARTTLS.
    key_pair certificates::*certificate = &certificates::server;

    /// False: LOGINDISABLED before TLS. Dovecot trusts a peer that has its own address: connect to 127.0.0.2,
    /// where it listens as well, to see it.
    bool cleartext_login = true;

    /// More lines for its configuration, which win over the others.
    std::string extra = {};
};

class dovecot {
public:
    /// Throws std::runtime_error, with the end of the server's log, if it does not greet within 20 seconds.
    explicit dovecot(dovecot_options options = {});
    ~dovecot();
    dovecot(const dovecot&) = delete;
    dovecot& operator=(const dovecot&) = delete;

    unsigned short port() const noexcept { return port_; }         ///< plain text and STARTTLS
    unsigned short tls_port() const noexcept { return tls_port_; } ///< TLS from the first octet

    /// PEM files: the authority to trust, and alice's certificate and key for EXTERNAL.
    std::filesystem::path ca_file() const { return folder_ / "ca.crt"; }
    std::filesystem::path client_certificate_file() const { return folder_ / "alice.crt"; }
    std::filesystem::path client_key_file() const { return folder_ / "alice.key"; }

    /// Everything that it owns lies here.
    const std::filesystem::path& folder() const noexcept { return folder_; }

    /// The end of its log.
    std::string log() const;

    /// Puts a message into a mailbox over another connection, which pushes it to whoever idles there.
    void deliver(std::string_view user, std::string_view mailbox, std::string_view message) const;

    /// A bearer token for OAUTHBEARER and XOAUTH2 that the server accepts for this user; with a negative
    /// lifetime one that has expired.
    static std::string oauth_token(std::string_view user, int lifetime_seconds = 3600);

    /// Ends the server and removes its folder. The destructor does the same.
    void stop() noexcept;

private:
    void write_configuration(const dovecot_options& options) const;
    void start_under_supervision();
    bool wait_for_greeting();

    std::filesystem::path folder_;
    unsigned short port_ = 0;
    unsigned short tls_port_ = 0;
    int lifeline_ = -1; ///< while it is open, the supervisor lets the server live
    int supervisor_ = -1;
};

/// One Dovecot for all test cases of a program that don't need their own: started when first asked for.
dovecot& shared_dovecot();

} // namespace coimap::test
