#include "support/certificates.hpp"

#include "support/process.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <unistd.h>
#include <vector>

namespace coimap::test {

namespace fs = std::filesystem;

namespace {

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A folder that is gone at the end of the scope.
struct scratch_folder {
    fs::path path;

    scratch_folder() {
        std::string name = (fs::temp_directory_path() / "coimap-certificates-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("cannot make a temporary folder");
        path = name;
    }
    ~scratch_folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;
};

/// Issues certificates with one call of openssl each.
class issuer {
public:
    issuer() {
        // Without a configuration of our own the system's adds extensions to every certificate.
        write_file(config_, "[req]\ndistinguished_name = name\n[name]\n");
    }

    key_pair authority(const std::string& name) {
        return make(name, {"basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign"});
    }

    key_pair leaf(const std::string& name, const std::string& usage, const std::string& alternatives,
                  const key_pair* signer) {
        std::vector<std::string> extensions = {
            "basicConstraints=CA:FALSE", "keyUsage=critical,digitalSignature", "extendedKeyUsage=" + usage};
        if (!alternatives.empty())
            extensions.push_back("subjectAltName=" + alternatives);
        return make(name, extensions, signer);
    }

    /// The same certificate, but its last day was yesterday: only a signed request can have such a date.
    key_pair outdated(key_pair of, const key_pair& signer) {
        write_file(folder_.path / "old", of.certificate + of.key);
        write_file(folder_.path / "ca", signer.certificate + signer.key);
        const auto request = folder_.path / "request";
        run_or_throw({"openssl", "x509", "-x509toreq", "-copy_extensions", "copyall", "-in",
                      folder_.path / "old", "-signkey", folder_.path / "old", "-out", request});
        run_or_throw({"openssl", "x509", "-req", "-days", "-1", "-copy_extensions", "copyall", "-CA",
                      folder_.path / "ca", "-CAkey", folder_.path / "ca", "-in", request, "-out",
                      folder_.path / "certificate"});
        of.certificate = read_file(folder_.path / "certificate");
        return of;
    }

private:
    key_pair make(const std::string& name, const std::vector<std::string>& extensions,
                  const key_pair* signer = nullptr) {
        const auto key = folder_.path / "key";
        const auto certificate = folder_.path / "certificate";
        std::vector<std::string> command = {"openssl",
                                            "req",
                                            "-x509",
                                            "-sha256",
                                            "-days",
                                            "30",
                                            "-nodes",
                                            "-config",
                                            config_,
                                            "-newkey",
                                            "ec",
                                            "-pkeyopt",
                                            "ec_paramgen_curve:P-256",
                                            "-subj",
                                            "/CN=" + name,
                                            "-keyout",
                                            key,
                                            "-out",
                                            certificate};
        for (const auto& extension : extensions) {
            command.emplace_back("-addext");
            command.push_back(extension);
        }
        if (signer != nullptr) {
            write_file(folder_.path / "ca", signer->certificate + signer->key);
            command.insert(command.end(), {"-CA", folder_.path / "ca", "-CAkey", folder_.path / "ca"});
        }
        run_or_throw(command);
        return {read_file(certificate), read_file(key)};
    }

    scratch_folder folder_;
    fs::path config_ = folder_.path / "config";
};

certificates make_certificates() {
    constexpr auto here = "DNS:localhost,IP:127.0.0.1,IP:::1";
    issuer issue;
    certificates made;
    made.authority = issue.authority("coimap test authority");
    const auto stranger = issue.authority("coimap test authority that nobody trusts");
    made.server = issue.leaf("localhost", "serverAuth", here, &made.authority);
    made.wrong_host = issue.leaf("imap.example.net", "serverAuth", "DNS:imap.example.net", &made.authority);
    made.expired = issue.outdated(made.server, made.authority);
    made.self_signed = issue.leaf("localhost", "serverAuth", here, nullptr);
    made.unknown_issuer = issue.leaf("localhost", "serverAuth", here, &stranger);
    made.client_alice = issue.leaf("alice", "clientAuth", "", &made.authority);
    return made;
}

} // namespace

void write_file(const fs::path& path, const std::string& content) {
    std::ofstream file(path, std::ios::binary);
    file << content;
    file.close();
    if (!file)
        throw std::runtime_error("cannot write " + path.string());
}

const certificates& test_certificates() {
    static const certificates made = make_certificates();
    return made;
}

} // namespace coimap::test
