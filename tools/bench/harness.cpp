#include "bench/harness.hpp"

#include "bench/raw/raw_reader.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <unistd.h>

namespace coimap::tools::bench {
namespace {

constexpr std::string_view metadata = "metadata";

/// So many messages are recorded, and sent again for larger mailboxes.
constexpr std::size_t recorded = 10'000;

void progress(const std::string& text) {
    if (::isatty(STDERR_FILENO))
        std::fprintf(stderr, "\r%s\x1b[K", text.c_str());
}

} // namespace

harness::harness(harness_options options) : options_(std::move(options)) {
    record();
    std::shared_ptr<tls_side> tls;
    if (!options_.keys.empty())
        tls = tls_side::server(options_.keys + "/server.crt", options_.keys + "/server.key");
    replay_ = std::make_unique<replay_server>(recordings_, std::move(tls));
}

harness::~harness() {
    if (!recorded_file_.empty())
        ::unlink(recorded_file_.c_str());
}

bool harness::wants(std::string_view name) const {
    return options_.workloads.empty() ||
           std::find(options_.workloads.begin(), options_.workloads.end(), name) != options_.workloads.end();
}

void harness::record() {
    const auto octets =
        record_fetch(options_.server, "UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE");
    recordings_[std::string(metadata)] = recording::of(octets, recorded);
    char name[] = "/tmp/coimap-bench-XXXXXX";
    const int file = ::mkstemp(name);
    if (file >= 0)
        ::close(file);
    recorded_file_ = name;
    std::ofstream(name, std::ios::binary) << recordings_[std::string(metadata)].all();
}

/// Makes the mailbox of the replay server that is needed next; the others of that size are let go.
void harness::provide(std::string_view mailbox) {
    std::erase_if(recordings_,
                  [&](const auto& each) { return each.first != metadata && each.first != mailbox; });
    if (recordings_.contains(mailbox))
        return;
    const std::string name(mailbox);
    if (mailbox == "bodies")
        recordings_[name] = recording::of_bodies(2'000, 50'000);
    else if (mailbox == "literal")
        recordings_[name] = recording::of_bodies(1, 200'000'000);
    else if (mailbox.starts_with("metadata-"))
        recordings_[name] =
            recordings_[std::string(metadata)].repeated(std::strtoul(name.c_str() + 9, nullptr, 10));
}

task harness::task_for(const workload& what) const {
    task work = what.where == place::real ? options_.server : task();
    work.workload = what.task;
    work.count = what.count;
    work.mailbox = what.mailbox;
    work.tls = what.tls || (what.where == place::real && options_.server.tls);
    if (!options_.keys.empty())
        work.ca = options_.keys + "/ca.crt";
    if (what.where == place::replay)
        work.port = what.tls ? replay_->tls_port() : replay_->port();
    if (what.where == place::memory)
        work.file = recorded_file_;
    return work;
}

comparison harness::compare(const workload& what, const std::vector<peer>& who, unsigned runs) {
    comparison made{std::string(what.name), std::string(what.title), {}};
    for (const peer& each : who)
        made.all.push_back({each.name, each.version, {}, {}});
    const task work = task_for(what);
    for (unsigned turn = 0; turn <= runs; ++turn) {
        for (std::size_t i = 0; i < who.size(); ++i) {
            series& each = made.all[i];
            if (!each.problem.empty())
                continue;
            progress(made.workload + ", " + (turn == 0 ? "warm-up" : "run " + std::to_string(turn)) + ": " +
                     each.peer);
            const outcome came = run_once(who[i], work, replay_.get(), options_.patience);
            if (!came.measured) {
                each.problem = came.problem;
                each.runs.clear();
            } else if (turn != 0) {
                each.runs.push_back(*came.measured);
            }
        }
    }
    progress("");
    return made;
}

void harness::grow() {
    for (const growth& each : all_growths()) {
        growth_result made{std::string(each.title), {}, {}};
        for (const std::uint64_t size : each.sizes) {
            const std::string mailbox = each.task == metadata
                                            ? std::string(each.mailbox) + std::to_string(size)
                                            : std::string(each.mailbox);
            provide(mailbox);
            workload one{each.task, each.title, each.task, place::replay, false, mailbox, size, {}, false};
            const std::string title = std::to_string(size) + " " + std::string(each.title);
            one.title = title;
            const std::vector<peer> who{own_peer({"raw", "as-raw", ""}),
                                        own_peer({"coimap", "as-coimap", ""})};
            made.sizes.push_back(compare(one, who, std::min(options_.runs, 3U)));
            made.counts.push_back(static_cast<double>(size));
        }
        growths_.push_back(std::move(made));
    }
}

void harness::run(const std::function<void(const comparison&)>& show) {
    for (const workload& what : all_workloads()) {
        if (!wants(what.name) || (what.tls && options_.keys.empty()))
            continue;
        provide(what.mailbox);
        std::vector<peer> who;
        for (const own_part& part : what.own)
            who.push_back(own_peer(part));
        if (what.with_peers)
            who.insert(who.end(), options_.peers.begin(), options_.peers.end());
        results_.push_back(compare(what, who, options_.runs));
        show(results_.back());
    }
    if (wants("growth")) {
        grow();
        for (const growth_result& each : growths_)
            for (const comparison& size : each.sizes)
                show(size);
    }
}

} // namespace coimap::tools::bench
