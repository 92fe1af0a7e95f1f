#include "coimap/net/tls_stream.hpp"

#include "coimap/core/error.hpp"

#include <asio/ip/address.hpp>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <unistd.h>

namespace coimap {

/// A BIO of OpenSSL that is fed from a span of ciphertext and collects what is to be sent. What OpenSSL
/// leaves of the span, since the reader's room was full, is kept until the next read.
struct tls_stream::pipe {
    std::string_view arrived;
    std::string left_over;
    std::string out;
    std::size_t out_sent = 0;

    static pipe& of(BIO* bio) { return *static_cast<pipe*>(BIO_get_data(bio)); }

    static int read(BIO* bio, char* room, int size) {
        BIO_clear_retry_flags(bio);
        pipe& self = of(bio);
        if (self.arrived.empty()) {
            BIO_set_retry_read(bio);
            return -1;
        }
        const auto count = std::min(self.arrived.size(), static_cast<std::size_t>(size));
        std::memcpy(room, self.arrived.data(), count);
        self.arrived.remove_prefix(count);
        return static_cast<int>(count);
    }

    static int write(BIO* bio, const char* octets, int size) {
        BIO_clear_retry_flags(bio);
        of(bio).out.append(octets, static_cast<std::size_t>(size));
        return size;
    }

    static long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

    static const BIO_METHOD* method() {
        static BIO_METHOD* const instance = [] {
            BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "coimap");
            BIO_meth_set_read(made, read);
            BIO_meth_set_write(made, write);
            BIO_meth_set_ctrl(made, control);
            return made;
        }();
        return instance;
    }
};

namespace {

/// Ciphertext passes through here within one call of read_some; one for all connections of a thread.
thread_local std::array<char, 64 * 1024> ciphertext;

/// The reason for the last failure of OpenSSL, for people.
std::string reason() {
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    if (ERR_GET_LIB(code) == ERR_LIB_SSL && ERR_GET_REASON(code) == SSL_R_WRONG_VERSION_NUMBER)
        return "what the server sent is not TLS (a port for STARTTLS, perhaps)";
    const char* text = code != 0 ? ERR_reason_error_string(code) : nullptr;
    return text != nullptr ? text : "unexpected end";
}

diagnostics details(std::string operation, std::string text) {
    diagnostics made;
    made.operation = std::move(operation);
    made.text = std::move(text);
    made.connection_usable = false;
    return made;
}

bool is_address(const std::string& host) {
    std::error_code code;
    asio::ip::make_address(host, code);
    return !code;
}

constexpr std::array<unsigned char, 5> alpn{4, 'i', 'm', 'a', 'p'};

/// Sessions of so many hosts are remembered.
constexpr std::size_t most_sessions = 256;

} // namespace

struct tls_options::shared_context {
    std::mutex mutex;
    std::shared_ptr<const tls_context> made;
};

void tls_options::forget() {
    shared_ = std::make_shared<shared_context>();
}

std::shared_ptr<const tls_context> tls_context::of(const tls_options& options) {
    const std::shared_ptr<tls_options::shared_context> shared = options.shared_;
    if (!shared) // of options that were moved from
        return std::make_shared<const tls_context>(options);
    const std::lock_guard lock(shared->mutex);
    if (!shared->made)
        shared->made = std::make_shared<const tls_context>(options);
    return shared->made;
}

void tls_context::session_end::operator()(ssl_session_st* session) const noexcept {
    SSL_SESSION_free(session);
}

void tls_context::remember(const std::string& host, ssl_session_st* session) const {
    const std::lock_guard lock(mutex_);
    if (sessions_.size() >= most_sessions)
        sessions_.clear();
    sessions_[host].reset(session);
}

bool tls_context::has_session(const std::string& host) const {
    const std::lock_guard lock(mutex_);
    return sessions_.contains(host);
}

void tls_context::resume(ssl_st* connection, const std::string& host) const {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(host);
    if (found == sessions_.end())
        return;
    if (SSL_SESSION_is_resumable(found->second.get()) == 1)
        SSL_set_session(connection, found->second.get());
    sessions_.erase(found);
}

tls_context::tls_context(const tls_options& options)
    : options_(options), context_(SSL_CTX_new(TLS_client_method())) {
    options_.shared_.reset(); // it holds this
    const auto load = [&](const std::string& name, auto use) {
        std::string why;
        // OpenSSL does not say that a file is not there.
        if (::access(name.c_str(), R_OK) != 0)
            why = std::generic_category().message(errno);
        else if (use(name.c_str()) != 1)
            why = reason();
        else
            return;
        SSL_CTX_free(context_);
        throw error(make_error_code(errc::unusable_file), details("read " + name, why));
    };
    SSL_CTX_set_min_proto_version(context_, TLS1_2_VERSION);
    SSL_CTX_set_security_level(context_, 2);
    SSL_CTX_set_options(context_, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(context_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                   SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_verify(context_, options.accepts_any_certificate() ? SSL_VERIFY_NONE : SSL_VERIFY_PEER,
                       nullptr);
    SSL_CTX_set_session_cache_mode(context_, options.resumes_sessions()
                                                 ? SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL
                                                 : SSL_SESS_CACHE_OFF);
    SSL_CTX_sess_set_new_cb(context_, [](SSL* ssl, SSL_SESSION* session) {
        static_cast<tls_stream*>(SSL_get_app_data(ssl))->remember(session);
        return 1;
    });
    SSL_CTX_set_alpn_protos(context_, alpn.data(), alpn.size());
    if (!options.ca_file().empty()) {
        load(options.ca_file(),
             [&](const char* name) { return SSL_CTX_load_verify_locations(context_, name, nullptr); });
    } else {
        SSL_CTX_set_default_verify_paths(context_);
    }
    if (!options.certificate_file().empty()) {
        load(options.certificate_file(),
             [&](const char* name) { return SSL_CTX_use_certificate_chain_file(context_, name); });
        load(options.key_file(),
             [&](const char* name) { return SSL_CTX_use_PrivateKey_file(context_, name, SSL_FILETYPE_PEM); });
    }
}

tls_context::~tls_context() {
    SSL_CTX_free(context_);
}

tls_stream::tls_stream(std::unique_ptr<stream> below, std::shared_ptr<const tls_context> context,
                       std::string host)
    : below_(std::move(below)), context_(std::move(context)), host_(std::move(host)),
      pipe_(std::make_unique<pipe>()), ssl_(SSL_new(context_->native())) {
    BIO* bio = BIO_new(pipe::method());
    BIO_set_data(bio, pipe_.get());
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_, bio, bio);
    SSL_set_connect_state(ssl_);
    SSL_set_app_data(ssl_, this);
    std::string name = context_->options().server_name().empty() ? host_ : context_->options().server_name();
    if (name.find(':') != std::string::npos)
        name = name.substr(0, name.find('%')); // the scope of an address is no part of a certificate
    bool good = !name.empty();
    if (good && is_address(name)) {
        good = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_), name.c_str()) == 1;
    } else if (good) {
        SSL_set_hostflags(ssl_, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
        good = SSL_set1_host(ssl_, name.c_str()) == 1 && SSL_set_tlsext_host_name(ssl_, name.c_str()) == 1;
    }
    if (!good && !context_->options().accepts_any_certificate()) {
        // Without a name to hold it against, any certificate would do.
        SSL_free(ssl_);
        throw error(make_error_code(errc::tls_failed), details("TLS", "no host name that can be verified"));
    }
    context_->resume(ssl_, host_);
}

tls_stream::~tls_stream() {
    SSL_free(ssl_);
}

asio::awaitable<void> tls_stream::handshake() {
    const std::string what = "TLS with " + host_;
    for (;;) {
        ERR_clear_error();
        const int done = SSL_do_handshake(ssl_);
        const int why = done == 1 ? SSL_ERROR_NONE : SSL_get_error(ssl_, done);
        // A last word, such as an alert about the certificate, is sent in any case.
        for (;;) {
            const std::error_code code = flush();
            if (!is_would_block(code)) {
                if (code && done == 1)
                    throw error(code, details(what, {}));
                break;
            }
            co_await below_->wait_writable();
        }
        if (done == 1)
            break;
        if (why == SSL_ERROR_WANT_READ) {
            // The answer to what was sent just now cannot be there yet.
            co_await below_->wait_readable();
            const io_result got = fill();
            if (got.count != 0 || is_would_block(got.error))
                continue;
            throw error(make_error_code(errc::tls_failed), details(what, got.error.message()));
        }
        const long verdict = SSL_get_verify_result(ssl_);
        if (verdict != X509_V_OK && !context_->options().accepts_any_certificate()) {
            ERR_clear_error();
            throw error(make_error_code(errc::certificate_rejected),
                        details(what, X509_verify_cert_error_string(verdict)));
        }
        throw error(make_error_code(errc::tls_failed), details(what, reason()));
    }
    ready_ = true;
}

/// Reads ciphertext for OpenSSL. The octets are valid until the next call.
io_result tls_stream::fill() noexcept {
    const io_result got = below_->read_some(ciphertext);
    if (got.count == 0)
        return got;
    if (ready_) {
        pipe_->arrived = {ciphertext.data(), got.count};
    } else {
        // A handshake is left between two reads, so its octets have to stay.
        pipe_->left_over.assign(pipe_->arrived);
        pipe_->left_over.append(ciphertext.data(), got.count);
        pipe_->arrived = pipe_->left_over;
    }
    return got;
}

io_result tls_stream::read_some(std::span<char> room) noexcept {
    io_result result;
    bool drained = false; // a short read means that nothing is left for the moment
    // fill() points `arrived` into memory that other connections use as well: it is never left so at the end.
    while (result.count < room.size()) {
        ERR_clear_error();
        const auto want = static_cast<int>(std::min<std::size_t>(room.size() - result.count, 1 << 30));
        const int got = SSL_read(ssl_, room.data() + result.count, want);
        if (got > 0) {
            result.count += static_cast<std::size_t>(got);
            continue;
        }
        const int why = SSL_get_error(ssl_, got);
        if (why == SSL_ERROR_WANT_READ) {
            if (drained) {
                result.error = would_block();
                break;
            }
            const io_result arrived = fill();
            drained = arrived.count < ciphertext.size();
            result.error = arrived.error;
            if (arrived.count != 0)
                continue;
            if (result.error == make_error_code(errc::connection_lost))
                ERR_clear_error(); // cut off without close_notify: for the session that is a lost connection,
                                   // too
            break;
        }
        result.error =
            make_error_code(why == SSL_ERROR_ZERO_RETURN ? errc::connection_lost : errc::tls_failed);
        ERR_clear_error();
        break;
    }
    if (pipe_->arrived.empty()) {
        if (!pipe_->left_over.empty())
            std::string().swap(pipe_->left_over);
    } else {
        std::string rest(pipe_->arrived);
        pipe_->left_over = std::move(rest);
    }
    pipe_->arrived = pipe_->left_over;
    if (result.count != 0)
        result.error = {};
    flush(); // an alert or a key update of TLS itself
    return result;
}

io_result tls_stream::write_some(std::string_view octets) noexcept {
    io_result result;
    result.error = flush();
    if (result.error)
        return result;
    constexpr std::size_t most = 64 * 1024; // ciphertext that may wait here
    while (result.count < octets.size() && pipe_->out.size() < most) {
        ERR_clear_error();
        const auto want = static_cast<int>(std::min<std::size_t>(octets.size() - result.count, most));
        const int put = SSL_write(ssl_, octets.data() + result.count, want);
        if (put <= 0) {
            result.error = make_error_code(errc::tls_failed);
            ERR_clear_error();
            return result;
        }
        result.count += static_cast<std::size_t>(put);
    }
    const std::error_code code = flush();
    if (code && !is_would_block(code))
        result.error = code;
    return result;
}

std::error_code tls_stream::flush() noexcept {
    while (pipe_->out_sent < pipe_->out.size()) {
        const io_result put = below_->write_some(std::string_view(pipe_->out).substr(pipe_->out_sent));
        if (put.error)
            return put.error;
        pipe_->out_sent += put.count;
    }
    pipe_->out_sent = 0;
    pipe_->out.clear();
    if (pipe_->out.capacity() > 1024)
        pipe_->out.shrink_to_fit();
    return {};
}

asio::awaitable<void> tls_stream::wait_readable() {
    // Decrypted or undecrypted octets that are here already would never make the socket readable.
    if (SSL_pending(ssl_) > 0 || !pipe_->arrived.empty())
        co_return;
    co_await below_->wait_readable();
}

void tls_stream::when_readable(std::shared_ptr<read_listener> who) {
    // Octets that are here already would never make the socket readable: a coroutine finds that out in its
    // turn.
    if (SSL_pending(ssl_) > 0 || !pipe_->arrived.empty())
        stream::when_readable(std::move(who));
    else
        below_->when_readable(std::move(who));
}

asio::awaitable<void> tls_stream::wait_writable() {
    co_await below_->wait_writable();
}

void tls_stream::close() noexcept {
    if (ready_) {
        ERR_clear_error();
        SSL_shutdown(ssl_); // close_notify, as far as the socket takes it at once
        flush();
        ready_ = false;
    }
    below_->close();
}

std::string tls_stream::description() const {
    const char* const how = SSL_session_reused(ssl_) == 1 ? ", resumed" : "";
    return std::string(SSL_get_version(ssl_)) + ", " + SSL_get_cipher_name(ssl_) + how;
}

} // namespace coimap
