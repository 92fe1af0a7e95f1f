/* What every peer in C and C++ needs: the arguments, and the line with the measurement. */
#ifndef COIMAP_PEERS_MEASURE_H
#define COIMAP_PEERS_MEASURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static struct {
    const char *workload, *host, *ca, *user, *password, *mailbox;
    int port, tls;
    long count;
} asked;

static void fail(const char* what) {
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static void cannot(const char* why) {
    fprintf(stderr, "%s\n", why);
    exit(3);
}

static int workload_is(const char* name) {
    return strcmp(asked.workload, name) == 0;
}

static void read_arguments(int argc, char** argv) {
    if (argc < 2)
        fail("usage: PEER WORKLOAD key=value...");
    asked.workload = argv[1];
    asked.host = "127.0.0.1";
    asked.ca = asked.user = asked.password = "";
    asked.mailbox = "INBOX";
    for (int i = 2; i < argc; ++i) {
        const char* value = strchr(argv[i], '=');
        const size_t length = value ? (size_t)(value - argv[i]) : 0;
#define IS(key) (length == sizeof(key) - 1 && strncmp(argv[i], key, length) == 0)
        if (value)
            ++value;
        if (IS("host"))
            asked.host = value;
        else if (IS("port"))
            asked.port = atoi(value);
        else if (IS("tls"))
            asked.tls = strcmp(value, "yes") == 0;
        else if (IS("ca"))
            asked.ca = value;
        else if (IS("user"))
            asked.user = value;
        else if (IS("password"))
            asked.password = value;
        else if (IS("mailbox"))
            asked.mailbox = value;
        else if (IS("count"))
            asked.count = atol(value);
        else
            fail("an argument that no peer knows");
#undef IS
    }
}

struct moment {
    double wall, user, sys;
};

static struct moment now(void) {
    struct timespec clock;
    struct rusage usage;
    clock_gettime(CLOCK_MONOTONIC, &clock);
    getrusage(RUSAGE_SELF, &usage);
    struct moment m;
    m.wall = (double)clock.tv_sec + (double)clock.tv_nsec / 1e9;
    m.user = (double)usage.ru_utime.tv_sec + (double)usage.ru_utime.tv_usec / 1e6;
    m.sys = (double)usage.ru_stime.tv_sec + (double)usage.ru_stime.tv_usec / 1e6;
    return m;
}

/* A line of /proc/self/status, in KiB: VmRSS or VmHWM. */
static long memory_kib(const char* name) {
    char line[256];
    long kib = 0;
    FILE* status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (strncmp(line, name, strlen(name)) == 0 && line[strlen(name)] == ':')
            kib = atol(line + strlen(name) + 1);
    if (status)
        fclose(status);
    return kib;
}

static struct moment start;

static void begin(void) {
    start = now();
}

static void finish(long items, long long bytes) {
    const struct moment end = now();
    printf("{\"items\":%ld,\"bytes\":%lld,\"wall\":%.6f,\"user\":%.6f,\"sys\":%.6f,\"peak_kib\":%ld}\n",
           items, bytes, end.wall - start.wall, end.user - start.user, end.sys - start.sys,
           memory_kib("VmHWM"));
    fflush(stdout);
}

static long events;
static long long* received;

/* The first line of the workload idle. */
static void idling(long rss_before_kib) {
    received = (long long*)malloc((size_t)asked.count * sizeof *received);
    printf("{\"idling\":%ld,\"rss_before_kib\":%ld,\"rss_kib\":%ld}\n", asked.count, rss_before_kib,
           memory_kib("VmRSS"));
    fflush(stdout);
    begin();
}

static void event(void) {
    struct timespec clock;
    clock_gettime(CLOCK_REALTIME, &clock);
    received[events++] = clock.tv_sec * 1000000LL + clock.tv_nsec / 1000;
}

static void events_done(void) {
    const struct moment end = now();
    printf("{\"events\":%ld,\"user\":%.6f,\"sys\":%.6f,\"received_us\":[", events, end.user - start.user,
           end.sys - start.sys);
    for (long i = 0; i < events; ++i)
        printf("%s%lld", i > 0 ? "," : "", received[i]);
    puts("]}");
    fflush(stdout);
}

#endif
