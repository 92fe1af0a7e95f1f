/* c-client of the UW IMAP toolkit: it keeps a cache of typed values and asks for what is missing in it. */

#include "measure.h"

#include <c-client/c-client.h>

static MAILSTREAM* open_mailbox(void) {
#include <c-client/linkage.c> /* statements */
    /* Without SASL's PLAIN and LOGIN (and those before them) it takes the command LOGIN. */
    static char* mechanisms[] = {"GSSAPI", "EXTERNAL", "CRAM-MD5", "PLAIN", "LOGIN"};
    for (size_t i = 0; i < sizeof mechanisms / sizeof *mechanisms; ++i)
        mail_parameters(NIL, DISABLE_AUTHENTICATOR, mechanisms[i]);
    setenv("SSL_CERT_FILE", asked.ca, 1);
    char name[512];
    snprintf(name, sizeof name, "{%s:%d/imap%s/user=%s}%s", asked.tls ? "localhost" : asked.host, asked.port,
             asked.tls ? "/ssl" : "/notls", asked.user, asked.mailbox);
    MAILSTREAM* stream = mail_open(NIL, name, NIL);
    if (!stream)
        fail("c-client could not open the mailbox");
    return stream;
}

static void metadata(MAILSTREAM* stream) {
    /* The first question is then for all of them. */
    mail_parameters(stream, SET_LOOKAHEAD, (void*)stream->nmsgs);
    mail_parameters(stream, SET_UIDLOOKAHEAD, (void*)stream->nmsgs);
    long n = 0;
    begin();
    for (unsigned long i = 1; i <= stream->nmsgs; ++i) {
        BODY* body = NIL;
        const ENVELOPE* envelope = mail_fetch_structure(stream, i, &body, NIL);
        n += envelope && body && mail_uid(stream, i) > 0 && mail_elt(stream, i)->rfc822_size > 0;
    }
    finish(n, 0);
}

/* It has no streaming: its handler for texts is called when the literal is in memory already. */
static void bodies(MAILSTREAM* stream) {
    long long octets = 0;
    begin();
    for (unsigned long i = 1; i <= stream->nmsgs; ++i) {
        unsigned long length = 0;
        mail_fetch_message(stream, i, &length, FT_PEEK);
        octets += (long long)length;
        mail_gc_msg(&mail_elt(stream, i)->private.msg, GC_TEXTS);
    }
    finish((long)stream->nmsgs, octets);
}

static void roundtrip(MAILSTREAM* stream) {
    begin();
    for (long i = 0; i < asked.count; ++i)
        if (!mail_ping(stream))
            fail("the server left");
    finish(asked.count, 0);
}

static void store(MAILSTREAM* stream) {
    char uid[24];
    begin();
    for (long i = 1; i <= asked.count; ++i) {
        snprintf(uid, sizeof uid, "%ld", i);
        mail_flag(stream, uid, "\\Seen", ST_UID | ST_SET | ST_SILENT);
    }
    finish(asked.count, 0);
}

int main(int argc, char** argv) {
    read_arguments(argc, argv);
    if (workload_is("connect"))
        cannot("c-client always logs in when it connects");
    void (*work)(MAILSTREAM*) = workload_is("metadata")                           ? metadata
                                : workload_is("bodies") || workload_is("literal") ? bodies
                                : workload_is("roundtrip")                        ? roundtrip
                                : workload_is("store")                            ? store
                                                                                  : NULL;
    if (!work)
        cannot("c-client cannot do this workload");
    MAILSTREAM* stream = open_mailbox();
    work(stream);
    mail_close(stream);
    return 0;
}

/* The callbacks that every user of c-client has to have. */
void mm_login(NETMBX* mailbox, char* user, char* password, long trial) {
    (void)trial;
    strncpy(user, *mailbox->user ? mailbox->user : asked.user, MAILTMPLEN - 1);
    strncpy(password, asked.password, MAILTMPLEN - 1);
}

void mm_log(char* text, long severity) {
    if (severity == ERROR)
        fail(text);
}

void mm_exists(MAILSTREAM* stream, unsigned long number) {
    (void)stream, (void)number;
}
void mm_expunged(MAILSTREAM* stream, unsigned long number) {
    (void)stream, (void)number;
}
void mm_flags(MAILSTREAM* stream, unsigned long number) {
    (void)stream, (void)number;
}
void mm_searched(MAILSTREAM* stream, unsigned long number) {
    (void)stream, (void)number;
}
void mm_notify(MAILSTREAM* stream, char* text, long severity) {
    (void)stream, (void)text, (void)severity;
}
void mm_list(MAILSTREAM* stream, int delimiter, char* name, long attributes) {
    (void)stream, (void)delimiter, (void)name, (void)attributes;
}
void mm_lsub(MAILSTREAM* stream, int delimiter, char* name, long attributes) {
    (void)stream, (void)delimiter, (void)name, (void)attributes;
}
void mm_status(MAILSTREAM* stream, char* name, MAILSTATUS* status) {
    (void)stream, (void)name, (void)status;
}
void mm_dlog(char* text) {
    (void)text;
}
void mm_critical(MAILSTREAM* stream) {
    (void)stream;
}
void mm_nocritical(MAILSTREAM* stream) {
    (void)stream;
}
long mm_diskerror(MAILSTREAM* stream, long error, long serious) {
    (void)stream, (void)error, (void)serious;
    return 1;
}
void mm_fatal(char* text) {
    fail(text);
}
