#pragma once
// How TLS is spoken: verified unless the program says otherwise, in so many words.

#include <memory>
#include <string>

namespace coimap {

/// A class with setters, so that a temporary of it is safe in a co_await expression on g++ 12.
///
/// Connections that are made with copies of one value share what OpenSSL makes of it (files are read once),
/// and take up each other's sessions, which spares the server's certificate and most of the computation
/// (RFC 8446 section 2.2). Copies may be used by different threads.
class tls_options {
public:
    tls_options() { forget(); }

    /// Trusts the certificates in this PEM file instead of the system's.
    tls_options& ca_file(std::string path) {
        ca_file_ = std::move(path);
        forget();
        return *this;
    }
    /// The name to verify, where it is not the host that is connected to.
    tls_options& server_name(std::string name) {
        server_name_ = std::move(name);
        forget();
        return *this;
    }
    /// A client certificate (PEM, chain first) and its key.
    tls_options& certificate(std::string chain_file, std::string key_file) {
        certificate_file_ = std::move(chain_file);
        key_file_ = std::move(key_file);
        forget();
        return *this;
    }
    /// Neither chain nor name is verified: anybody on the way may read and change everything, the password
    /// above all.
    tls_options& accept_any_certificate(bool yes) {
        accept_any_ = yes;
        forget();
        return *this;
    }

    /// False: every connection is authenticated anew.
    tls_options& resume_sessions(bool yes) {
        resumes_ = yes;
        forget();
        return *this;
    }

    const std::string& ca_file() const noexcept { return ca_file_; }
    const std::string& server_name() const noexcept { return server_name_; }
    const std::string& certificate_file() const noexcept { return certificate_file_; }
    const std::string& key_file() const noexcept { return key_file_; }
    bool accepts_any_certificate() const noexcept { return accept_any_; }

    bool resumes_sessions() const noexcept { return resumes_; }

private:
    friend class tls_context;
    struct shared_context;

    void forget(); ///< other options, another context

    std::shared_ptr<shared_context> shared_;
    std::string ca_file_;
    std::string server_name_;
    std::string certificate_file_;
    std::string key_file_;
    bool accept_any_ = false;
    bool resumes_ = true;
};

} // namespace coimap
