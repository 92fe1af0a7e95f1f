/* libcurl: a URL a message, or a command of the user's own.
   This version takes the command LOGIN only when the server offers no mechanism that it knows. */

#include "measure.h"

#include <curl/curl.h>

static long long octets;
static long messages;

static size_t count_octets(char* bytes, size_t one, size_t length, void* context) {
    (void)bytes, (void)one, (void)context;
    octets += (long long)length;
    return length;
}

static size_t count_found(char* bytes, size_t one, size_t length, void* context) {
    (void)one, (void)context;
    for (size_t i = 0; i + 1 < length; ++i)
        messages += bytes[i] == ' ' && bytes[i + 1] >= '0' && bytes[i + 1] <= '9';
    return length;
}

static void check(CURLcode code) {
    if (code != CURLE_OK)
        fail(curl_easy_strerror(code));
}

static void set_url(CURL* curl, const char* path) {
    char url[1024];
    snprintf(url, sizeof url, "%s:%d/%s", asked.tls ? "imaps://localhost" : "imap://localhost", asked.port,
             path);
    curl_easy_setopt(curl, CURLOPT_URL, url);
}

static CURL* new_handle(int with_login) {
    static struct curl_slist* address;
    if (!address) {
        char rule[256];
        snprintf(rule, sizeof rule, "localhost:%d:%s", asked.port, asked.host);
        address = curl_slist_append(NULL, rule);
    }
    CURL* curl = curl_easy_init();
    curl_easy_setopt(curl, CURLOPT_RESOLVE, address);
    if (asked.tls)
        curl_easy_setopt(curl, CURLOPT_CAINFO, asked.ca);
    if (with_login) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, asked.user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, asked.password);
    }
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, count_octets);
    return curl;
}

static void command(CURL* curl, const char* text) {
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, text);
    check(curl_easy_perform(curl));
}

/* Its URLs ask for BODY[], never for BODY.PEEK[], and for one message a time. */
static void bodies(CURL* curl) {
    char path[600];
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, count_found);
    command(curl, "SEARCH ALL");
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, NULL);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, count_octets);
    begin();
    for (long i = 1; i <= messages; ++i) {
        snprintf(path, sizeof path, "%s/;MAILINDEX=%ld", asked.mailbox, i);
        set_url(curl, path);
        check(curl_easy_perform(curl));
    }
    finish(messages, octets);
}

static void roundtrip(CURL* curl) {
    begin();
    for (long i = 0; i < asked.count; ++i)
        command(curl, "NOOP");
    finish(asked.count, 0);
}

static void store(CURL* curl) {
    char text[80];
    begin();
    for (long uid = 1; uid <= asked.count; ++uid) {
        snprintf(text, sizeof text, "UID STORE %ld +FLAGS.SILENT (\\Seen)", uid);
        command(curl, text);
    }
    finish(asked.count, 0);
}

/* It asks for the capabilities as well. Without a user's name it doesn't log in. */
static void connects(void) {
    begin();
    for (long i = 0; i < asked.count; ++i) {
        CURL* curl = new_handle(0);
        set_url(curl, "");
        command(curl, "LOGOUT");
        curl_easy_cleanup(curl);
    }
    finish(asked.count, 0);
}

int main(int argc, char** argv) {
    read_arguments(argc, argv);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    if (workload_is("connect")) {
        connects();
        return 0;
    }
    if (workload_is("metadata"))
        cannot("libcurl drops the literals within a command's answer, and fails when its lines get long");
    void (*work)(CURL*) = workload_is("bodies") || workload_is("literal") ? bodies
                          : workload_is("roundtrip")                      ? roundtrip
                          : workload_is("store")                          ? store
                                                                          : NULL;
    if (!work)
        cannot("libcurl cannot do this workload");
    CURL* curl = new_handle(1);
    set_url(curl, asked.mailbox);
    command(curl, "NOOP"); /* logs in and selects */
    work(curl);
    curl_easy_cleanup(curl);
    return 0;
}
