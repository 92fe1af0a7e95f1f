// VMime: objects of its own for messages, headers and structures; bodies go to an output stream.

#include "measure.h"

#include <fstream>
#include <vmime/platforms/posix/posixHandler.hpp>
#include <vmime/vmime.hpp>

namespace {

namespace net = vmime::net;

class counter : public vmime::utility::outputStream {
public:
    long long octets = 0;
    void flush() override {}

protected:
    void writeImpl(const vmime::byte_t*, const size_t length) override {
        octets += static_cast<long long>(length);
    }
};

vmime::shared_ptr<net::store> connect() {
    const auto session = net::session::create();
    const std::string service = asked.tls ? "imaps" : "imap";
    const vmime::utility::url address(service, asked.tls ? "localhost" : asked.host,
                                      static_cast<vmime::port_t>(asked.port), "", asked.user, asked.password);
    const auto store = session->getStore(address);
    store->setProperty("options.sasl", false); // the command LOGIN
    if (asked.tls) {
        std::ifstream file(asked.ca);
        vmime::utility::inputStreamAdapter bytes(file);
        const auto verifier = vmime::make_shared<vmime::security::cert::defaultCertificateVerifier>();
        verifier->setX509RootCAs({vmime::security::cert::X509Certificate::import(bytes)});
        store->setCertificateVerifier(verifier);
    }
    store->connect();
    return store;
}

void metadata(net::store&, net::folder& folder) {
    using what = net::fetchAttributes;
    const what attributes(what::UID | what::FLAGS | what::SIZE | what::ENVELOPE | what::STRUCTURE);
    begin();
    const auto messages = folder.getAndFetchMessages(net::messageSet::byUID(1, "*"), attributes);
    finish(static_cast<long>(messages.size()), 0);
}

void bodies(net::store&, net::folder& folder) {
    counter sink;
    begin();
    const auto messages = folder.getMessages(net::messageSet::byNumber(1, -1));
    for (const auto& message : messages)
        message->extract(sink, nullptr, 0, static_cast<size_t>(-1), true);
    finish(static_cast<long>(messages.size()), sink.octets);
}

void roundtrip(net::store& server, net::folder&) {
    begin();
    for (long i = 0; i < asked.count; ++i)
        server.noop();
    finish(asked.count, 0);
}

void store(net::store&, net::folder& folder) {
    begin();
    for (long uid = 1; uid <= asked.count; ++uid)
        folder.setMessageFlags(net::messageSet::byUID(std::to_string(uid)), net::message::FLAG_SEEN,
                               net::message::FLAG_MODE_ADD);
    finish(asked.count, 0);
}

} // namespace

int main(int argc, char** argv) {
    read_arguments(argc, argv);
    if (workload_is("connect"))
        cannot("VMime always logs in when it connects");
    void (*work)(net::store&, net::folder&) = workload_is("metadata")                           ? metadata
                                              : workload_is("bodies") || workload_is("literal") ? bodies
                                              : workload_is("roundtrip")                        ? roundtrip
                                              : workload_is("store")                            ? store
                                                                                                : nullptr;
    if (work == nullptr)
        cannot("VMime cannot do this workload");
    try {
        const auto server = connect();
        const auto folder = server->getFolder(net::folder::path(net::folder::path::component(asked.mailbox)));
        folder->open(net::folder::MODE_READ_WRITE);
        work(*server, *folder);
        folder->close(false);
        server->disconnect();
    } catch (const std::exception& e) {
        fail(e.what());
    }
}
