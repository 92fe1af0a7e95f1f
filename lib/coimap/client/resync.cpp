#include "coimap/client/resync.hpp"

#include <algorithm>

namespace coimap {
namespace {

/// UIDs and flags of all messages, or of those that have changed.
asio::awaitable<std::vector<flag_change>> fetch_flags(mailbox here, fetch_options options) {
    std::vector<flag_change> found;
    if (here.info().exists == 0)
        co_return found;
    fetch_stream messages = here.stream(uid_set::all(), items::uid | items::flags, options);
    while (const auto one = co_await messages.next()) {
        const fetch_data& data = **one;
        if (data.uid && data.flags)
            found.push_back({*data.uid, {data.flags->begin(), data.flags->end()}, data.modseq.value_or(0)});
    }
    co_return found;
}

/// Tells known messages and new ones apart. Of a message that came twice the last holds.
void sort_out(std::vector<flag_change> found, const uid_set& known, resync_result& result) {
    std::stable_sort(found.begin(), found.end(),
                     [](const flag_change& a, const flag_change& b) { return a.uid < b.uid; });
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (i + 1 < found.size() && found[i + 1].uid == found[i].uid)
            continue;
        auto& to = known.contains(found[i].uid) ? result.changed : result.fresh;
        to.push_back(std::move(found[i]));
    }
    result.now.uids = known - result.vanished;
    for (const flag_change& each : result.fresh)
        result.now.uids.insert(each.uid);
}

bool adds_up(const resync_result& result) noexcept {
    return result.now.uids.count() == result.mailbox.info().exists;
}

asio::awaitable<void> compare(resync_result& result, const uid_set& known) {
    result.way = resync_way::comparison;
    result.changed.clear();
    result.fresh.clear();
    result.vanished = {};
    const fetch_options everything;
    std::vector<flag_change> all = co_await fetch_flags(result.mailbox, everything);
    uid_set left;
    for (const flag_change& each : all)
        left.insert(each.uid);
    result.vanished = known - left;
    sort_out(std::move(all), known, result);
}

/// CONDSTORE tells which flags have changed, but not which messages are gone: those are asked for.
asio::awaitable<void> ask_changes(resync_result& result, const mailbox_state& known) {
    result.way = resync_way::condstore;
    asio::awaitable<search_result> remaining = result.mailbox.search(search::all());
    const fetch_options since = fetch_options().changed_since(known.highest_modseq);
    std::vector<flag_change> found = co_await fetch_flags(result.mailbox, since);
    const search_result left = co_await std::move(remaining);
    result.vanished = known.uids - left.uids();
    sort_out(std::move(found), known.uids, result);
}

} // namespace

asio::awaitable<resync_result> resynchronise(client& connection, mailbox_name name, mailbox_state known) {
    const bool was_known = known.uid_validity != 0 && known.highest_modseq != 0;
    if (was_known && connection.caps().has("QRESYNC") && !connection.is_enabled("QRESYNC"))
        co_await connection.enable("QRESYNC");
    const bool quickly = was_known && connection.is_enabled("QRESYNC");
    const bool has_modseqs = connection.caps().has("CONDSTORE") || connection.caps().has("QRESYNC");
    select_options options;
    if (quickly)
        options.changed_since(known.uid_validity, known.highest_modseq);
    else if (has_modseqs)
        options.condstore();

    resync_result result;
    mailbox opened = co_await connection.select(std::move(name), options);
    result.mailbox = std::move(opened);
    const select_result& info = result.mailbox.info();
    result.now.uid_validity = info.uid_validity;
    result.now.highest_modseq = info.highest_modseq;
    result.all_new = known.uid_validity == 0 || known.uid_validity != info.uid_validity;
    if (result.all_new)
        known.uids = {};
    const bool comparable = !result.all_new && known.highest_modseq != 0 && info.highest_modseq != 0;
    if (comparable && quickly) {
        result.way = resync_way::qresync;
        result.vanished = known.uids & info.vanished;
        sort_out(info.changed, known.uids, result);
    } else if (comparable && has_modseqs) {
        co_await ask_changes(result, known);
    }
    if (!comparable || !adds_up(result))
        co_await compare(result, known.uids);
    co_return result;
}

} // namespace coimap
