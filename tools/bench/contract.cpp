#include "bench/contract.hpp"

#include "common/exit_status.hpp"

#include <charconv>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <sys/resource.h>

namespace coimap::tools::bench {
namespace {

template<class Number>
Number number_of(std::string_view key, std::string_view text) {
    Number value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size())
        throw usage_error(std::string(key) + "= is not a number: " + std::string(text));
    return value;
}

double seconds(const timeval& value) {
    return static_cast<double>(value.tv_sec) + static_cast<double>(value.tv_usec) / 1e6;
}

stopwatch::reading now() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return {static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9,
            seconds(used.ru_utime), seconds(used.ru_stime)};
}

} // namespace

std::string task::to_string() const {
    std::string text = workload + " host=" + host + " port=" + std::to_string(port) +
                       " tls=" + (tls ? "yes" : "no") + " ca=" + ca + " user=" + user +
                       " password=" + password + " mailbox=" + mailbox + " count=" + std::to_string(count);
    if (!mode.empty())
        text += " mode=" + mode;
    if (!file.empty())
        text += " file=" + file;
    return text;
}

task parse_task(std::span<const std::string_view> words) {
    if (words.empty())
        throw usage_error("a workload is missing");
    task made;
    made.workload = words[0];
    for (const std::string_view word : words.subspan(1)) {
        const auto equals = word.find('=');
        if (equals == std::string_view::npos)
            throw usage_error("expected key=value: " + std::string(word));
        const std::string_view key = word.substr(0, equals);
        const std::string_view value = word.substr(equals + 1);
        if (key == "host")
            made.host = value;
        else if (key == "port")
            made.port = number_of<unsigned short>(key, value);
        else if (key == "tls")
            made.tls = value == "yes";
        else if (key == "ca")
            made.ca = value;
        else if (key == "user")
            made.user = value;
        else if (key == "password")
            made.password = value;
        else if (key == "mailbox")
            made.mailbox = value;
        else if (key == "count")
            made.count = number_of<std::uint64_t>(key, value);
        else if (key == "mode")
            made.mode = value;
        else if (key == "file")
            made.file = value;
        else
            throw usage_error("there is no key " + std::string(key));
    }
    return made;
}

stopwatch::stopwatch() : start_(now()) {}

stopwatch::reading stopwatch::read() const {
    const reading end = now();
    return {end.wall - start_.wall, end.user - start_.user, end.sys - start_.sys};
}

std::uint64_t process_memory_kib(std::string_view name) {
    std::ifstream file("/proc/self/status");
    std::string word;
    while (file >> word)
        if (word.starts_with(name) && word.size() == name.size() + 1) {
            std::uint64_t value = 0;
            file >> value;
            return value;
        }
    return 0;
}

void print_result(std::uint64_t items, std::uint64_t bytes, const stopwatch::reading& taken) {
    std::printf(R"({"items":%llu,"bytes":%llu,"wall":%.6f,"user":%.6f,"sys":%.6f,"peak_kib":%llu})"
                "\n",
                static_cast<unsigned long long>(items), static_cast<unsigned long long>(bytes), taken.wall,
                taken.user, taken.sys, static_cast<unsigned long long>(process_memory_kib("VmHWM")));
    std::fflush(stdout);
}

void print_events(const std::vector<std::int64_t>& times, const stopwatch::reading& taken) {
    std::printf(R"({"events":%zu,"user":%.6f,"sys":%.6f,"received_us":[)", times.size(), taken.user,
                taken.sys);
    for (std::size_t i = 0; i < times.size(); ++i)
        std::printf("%s%lld", i == 0 ? "" : ",", static_cast<long long>(times[i]));
    std::puts("]}");
    std::fflush(stdout);
}

} // namespace coimap::tools::bench
