/* libetpan: it streams bodies to a handler and keeps what else FETCH says in lists. */

#include "measure.h"

#include <gnutls/x509.h>
#include <libetpan/libetpan.h>
#include <poll.h>

static void check(int code, const char* what) {
    if (code != MAILIMAP_NO_ERROR && code != MAILIMAP_NO_ERROR_AUTHENTICATED &&
        code != MAILIMAP_NO_ERROR_NON_AUTHENTICATED) {
        fprintf(stderr, "libetpan error %d: ", code);
        fail(what);
    }
}

/* The library hands the certificates over and leaves their verification to its user. */
static void verify(mailimap* client) {
    static gnutls_x509_trust_list_t trusted;
    if (!trusted) {
        gnutls_x509_trust_list_init(&trusted, 0);
        gnutls_x509_trust_list_add_trust_file(trusted, asked.ca, NULL, GNUTLS_X509_FMT_PEM, 0, 0);
    }
    carray* chain = mailstream_get_certificate_chain(client->imap_stream);
    gnutls_x509_crt_t certificates[8];
    unsigned count = 0, problems = 1;
    for (; chain && count < carray_count(chain) && count < 8; ++count) {
        MMAPString* der = carray_get(chain, count);
        gnutls_datum_t bytes = {(unsigned char*)der->str, (unsigned)der->len};
        gnutls_x509_crt_init(&certificates[count]);
        gnutls_x509_crt_import(certificates[count], &bytes, GNUTLS_X509_FMT_DER);
    }
    if (count > 0)
        gnutls_x509_trust_list_verify_crt(trusted, certificates, count, 0, &problems, NULL);
    if (problems != 0 || !gnutls_x509_crt_check_hostname(certificates[0], "localhost"))
        fail("the server's certificate is not good");
    while (count > 0)
        gnutls_x509_crt_deinit(certificates[--count]);
    mailstream_certificate_chain_free(chain);
}

static mailimap* connect_to_server(void) {
    mailimap* client = mailimap_new(0, NULL);
    check(asked.tls ? mailimap_ssl_connect(client, asked.host, (uint16_t)asked.port)
                    : mailimap_socket_connect(client, asked.host, (uint16_t)asked.port),
          "connect");
    if (asked.tls)
        verify(client);
    return client;
}

static mailimap* open_mailbox(void) {
    mailimap* client = connect_to_server();
    check(mailimap_login(client, asked.user, asked.password), "login");
    check(mailimap_select(client, asked.mailbox), "select");
    return client;
}

static void leave(mailimap* client) {
    mailimap_logout(client);
    mailimap_free(client);
}

static void metadata(mailimap* client) {
    struct mailimap_fetch_type* what = mailimap_fetch_type_new_fetch_att_list_empty();
    mailimap_fetch_type_new_fetch_att_list_add(what, mailimap_fetch_att_new_uid());
    mailimap_fetch_type_new_fetch_att_list_add(what, mailimap_fetch_att_new_flags());
    mailimap_fetch_type_new_fetch_att_list_add(what, mailimap_fetch_att_new_internaldate());
    mailimap_fetch_type_new_fetch_att_list_add(what, mailimap_fetch_att_new_rfc822_size());
    mailimap_fetch_type_new_fetch_att_list_add(what, mailimap_fetch_att_new_envelope());
    mailimap_fetch_type_new_fetch_att_list_add(what, mailimap_fetch_att_new_bodystructure());
    struct mailimap_set* all = mailimap_set_new_interval(1, 0);
    clist* messages = NULL;
    begin();
    check(mailimap_uid_fetch(client, all, what, &messages), "fetch");
    finish(clist_count(messages), 0);
    mailimap_fetch_list_free(messages);
}

static long long octets;

static bool body_piece(int type, struct mailimap_msg_att_body_section* section, const char* bytes,
                       size_t length, void* context) {
    (void)type, (void)section, (void)bytes, (void)context;
    octets += (long long)length;
    return true;
}

static void bodies(mailimap* client) {
    struct mailimap_fetch_type* what = mailimap_fetch_type_new_fetch_att_list_empty();
    mailimap_fetch_type_new_fetch_att_list_add(what, mailimap_fetch_att_new_uid());
    mailimap_fetch_type_new_fetch_att_list_add(
        what, mailimap_fetch_att_new_body_peek_section(mailimap_section_new(NULL)));
    mailimap_set_msg_body_handler(client, body_piece, NULL);
    struct mailimap_set* all = mailimap_set_new_interval(1, 0);
    clist* messages = NULL;
    begin();
    check(mailimap_uid_fetch(client, all, what, &messages), "fetch");
    finish(clist_count(messages), octets);
}

static void roundtrip(mailimap* client) {
    begin();
    for (long i = 0; i < asked.count; ++i)
        check(mailimap_noop(client), "noop");
    finish(asked.count, 0);
}

static void store(mailimap* client) {
    begin();
    for (long uid = 1; uid <= asked.count; ++uid) {
        struct mailimap_flag_list* flags = mailimap_flag_list_new_empty();
        mailimap_flag_list_add(flags, mailimap_flag_new_seen());
        struct mailimap_store_att_flags* change = mailimap_store_att_flags_new_add_flags_silent(flags);
        struct mailimap_set* one = mailimap_set_new_single((uint32_t)uid);
        check(mailimap_uid_store(client, one, change), "store");
        mailimap_store_att_flags_free(change);
        mailimap_set_free(one);
    }
    finish(asked.count, 0);
}

static void connects(void) {
    begin();
    for (long i = 0; i < asked.count; ++i)
        leave(connect_to_server());
    finish(asked.count, 0);
}

static void idle(void) {
    if (asked.count > 300)
        cannot("libetpan waits in select(), which ends at some 340 connections");
    leave(connect_to_server());
    const long before = memory_kib("VmRSS");
    mailimap* clients[300];
    struct pollfd sockets[300];
    uint32_t known[300];
    for (long i = 0; i < asked.count; ++i) {
        clients[i] = open_mailbox();
        known[i] = clients[i]->imap_selection_info->sel_exists;
        check(mailimap_idle(clients[i]), "idle");
        sockets[i] = (struct pollfd){mailimap_idle_get_fd(clients[i]), POLLIN, 0};
    }
    idling(before);
    while (events < asked.count && poll(sockets, (nfds_t)asked.count, -1) > 0) {
        for (long i = 0; i < asked.count; ++i) {
            if (!sockets[i].revents)
                continue;
            /* What came is read and parsed as part of the answer to DONE: there is no other call for it. */
            check(mailimap_idle_done(clients[i]), "done");
            if (clients[i]->imap_selection_info->sel_exists != known[i]) {
                event();
                sockets[i].fd = -1;
            }
            check(mailimap_idle(clients[i]), "idle");
        }
    }
    events_done();
}

int main(int argc, char** argv) {
    read_arguments(argc, argv);
    if (workload_is("connect")) {
        connects();
        return 0;
    }
    if (workload_is("idle")) {
        idle();
        return 0;
    }
    void (*work)(mailimap*) = workload_is("metadata")                           ? metadata
                              : workload_is("bodies") || workload_is("literal") ? bodies
                              : workload_is("roundtrip")                        ? roundtrip
                              : workload_is("store")                            ? store
                                                                                : NULL;
    if (!work)
        cannot("libetpan cannot do this workload");
    mailimap* client = open_mailbox();
    work(client);
    leave(client);
    return 0;
}
