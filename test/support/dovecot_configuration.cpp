// What the private Dovecot is told: its configuration, its users and its keys.

#include "support/base64.hpp"
#include "support/dovecot.hpp"
#include "support/process.hpp"

#include <cerrno>
#include <ctime>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace coimap::test {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view token_key = "a key that only these tests know";

bool has_ipv6_loopback() {
    const int socket = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    const bool usable =
        socket >= 0 && ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    if (socket >= 0)
        ::close(socket);
    return usable;
}

/// Base64 as tokens have it: RFC 4648 section 5, without padding.
std::string base64url(std::string_view bytes) {
    auto text = base64(bytes);
    while (text.ends_with('='))
        text.pop_back();
    for (char& c : text)
        c = c == '+' ? '-' : c == '/' ? '_' : c;
    return text;
}

void give(const fs::path& folder, const identity& who) {
    if (!who.drop)
        return;
    const auto chown_one = [&](const fs::path& path) {
        if (::lchown(path.c_str(), who.uid, who.gid) != 0)
            throw std::system_error(errno, std::generic_category(), "chown " + path.string());
    };
    chown_one(folder);
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        chown_one(entry.path());
}

} // namespace

std::string dovecot::oauth_token(std::string_view user, int lifetime_seconds) {
    const auto now = std::time(nullptr);
    std::string claims = R"({"sub":")";
    claims += user;
    claims += R"(","iat":)" + std::to_string(now - 7200) + R"(,"exp":)" +
              std::to_string(now + lifetime_seconds) + "}";
    std::string token = base64url(R"({"alg":"HS256","typ":"JWT"})") + "." + base64url(claims);
    unsigned char signature[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), token_key.data(), static_cast<int>(token_key.size()),
         reinterpret_cast<const unsigned char*>(token.data()), token.size(), signature, &size);
    return token + "." + base64url({reinterpret_cast<const char*>(signature), size});
}

void dovecot::write_configuration(const dovecot_options& options) const {
    const auto who = unprivileged();
    const auto& keys = test_certificates();
    const auto& shown = keys.*options.certificate;
    const std::string here = folder_;
    write_file(folder_ / "log", ""); // for the server to append to, which could not make it
    write_file(folder_ / "ca.crt", keys.authority.certificate);
    write_file(folder_ / "server.crt", shown.certificate);
    write_file(folder_ / "server.key", shown.key);
    write_file(folder_ / "alice.crt", keys.client_alice.certificate);
    write_file(folder_ / "alice.key", keys.client_alice.key);
    fs::create_directories(folder_ / "tokens/default/HS256");
    write_file(folder_ / "tokens/default/HS256/default", base64(token_key));
    write_file(folder_ / "oauth2.conf", "introspection_mode = local\n"
                                        "username_attribute = sub\n"
                                        "local_validation_key_dict = fs:posix:prefix=" +
                                            here + "/tokens/\n");
    write_file(folder_ / "users", "alice:{PLAIN}secret\nbob:{PLAIN}secret\ncarol:{PLAIN}secret\n");

    std::string text;
    const auto set = [&](const std::string& name, const std::string& value) {
        text += name + " = " + value + "\n";
    };
    // Where it lives and as whom: without root, so no chroot and no other user anywhere.
    set("base_dir", here + "/run");
    set("state_dir", here + "/state");
    set("log_path", here + "/log");
    set("instance_name", "coimap-" + std::to_string(port_));
    set("listen", has_ipv6_loopback() ? "127.0.0.1, 127.0.0.2, ::1" : "127.0.0.1, 127.0.0.2");
    set("protocols", "imap");
    for (const auto* name : {"default_internal_user", "default_login_user", "mail_uid"})
        set(name, who.user);
    for (const auto* name : {"default_internal_group", "mail_gid"})
        set(name, who.group);
    set("first_valid_uid", "1");
    set("first_valid_gid", "1");
    set("default_client_limit", "4000");

    // The mail, with all speed and no care: nothing here outlives the test.
    set("mail_home", here + "/home/%u");
    set("mail_location", "sdbox:~/mail");
    set("mail_fsync", "never");
    set("mailbox_list_index", "yes");
    set("mailbox_idle_check_interval", "1 s");
    set("mail_max_userip_connections", "2000");
    set("imap_metadata", "yes");
    set("imap_max_line_length", "1M");
    set("mail_attribute_dict", "file:%h/attributes");
    set("mail_plugins", "acl quota notify");

    set("auth_mechanisms", "plain login cram-md5 digest-md5 scram-sha-1 scram-sha-256 "
                           "oauthbearer xoauth2 external anonymous");
    set("auth_anonymous_username", "anonymous");
    set("auth_failure_delay", "0");
    set("auth_ssl_username_from_cert", "yes");
    set("disable_plaintext_auth", options.cleartext_login ? "no" : "yes");
    set("ssl", options.cleartext_login ? "yes" : "required");
    set("ssl_cert", "<" + here + "/server.crt");
    set("ssl_key", "<" + here + "/server.key");
    set("ssl_ca", "<" + here + "/ca.crt");
    set("ssl_verify_client_cert", "yes");
    set("ssl_require_crl", "no");
    set("ssl_min_protocol", "TLSv1.2");

    text += R"(
passdb {
  driver = static
  mechanisms = external
  args = nopassword=yes
}
passdb {
  driver = oauth2
  mechanisms = oauthbearer xoauth2
  args = )" +
            here + R"(/oauth2.conf
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u )" +
            here + R"(/users
}
userdb {
  driver = static
  args = home=)" +
            here + R"(/home/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
)";
    for (const std::string special : {"Drafts", "Sent", "Trash", "Junk", "Archive"})
        text +=
            "  mailbox " + special + " {\n    auto = subscribe\n    special_use = \\" + special + "\n  }\n";
    text += R"(}
protocol imap {
  mail_plugins = $mail_plugins imap_acl imap_quota imap_zlib
}
plugin {
  acl = vfile
  quota = count:User quota
  quota_rule = *:storage=10G
  quota_vsizes = yes
}
service imap-login {
  chroot =
  service_count = 0
  process_min_avail = 1
  client_limit = 4000
  inet_listener imap {
    port = )" +
            std::to_string(port_) + R"(
  }
  inet_listener imaps {
    port = )" +
            std::to_string(tls_port_) + R"(
    ssl = yes
  }
}
service imap {
  process_limit = 1100
  service_count = 100
}
service imap-urlauth-login {
  chroot =
}
service anvil {
  chroot =
}
service imap-hibernate {
  chroot =
}
)";
    // A setuid-less server has one user for all its services and no group to add.
    for (const auto* name :
         {"auth", "auth-worker", "imap-urlauth", "imap-urlauth-worker", "imap", "indexer-worker"})
        text += "service " + std::string(name) + " {\n  user = " + who.user + "\n  extra_groups =\n}\n";
    write_file(folder_ / "dovecot.conf", text + options.extra);
    give(folder_, who);
    ::chmod(folder_.c_str(), 0755);
}

} // namespace coimap::test
