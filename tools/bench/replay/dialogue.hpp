#pragma once
// One connection of the replay server: commands in, answers out.

#include "bench/channel.hpp"
#include "bench/replay/recording.hpp"

#include <string>
#include <string_view>

namespace coimap::tools::bench {

class dialogue {
public:
    dialogue(channel& peer, const recordings& mailboxes) : peer_(peer), mailboxes_(mailboxes) {}

    enum class ending { left, idles };

    /// Until the peer leaves, or idles in the mailbox `idle`.
    ending run();

    /// Of the IDLE that was not ended.
    const std::string& idle_tag() const noexcept { return idle_tag_; }

private:
    bool read_more();
    std::string next_line();
    void answer(std::string_view line);
    void select(std::string_view tag, std::string_view name);
    void fetch(std::string_view tag, std::string_view arguments);
    void authenticate(std::string_view tag, std::string_view arguments);
    void say(std::string_view octets) { out_.append(octets); }
    void done(std::string_view tag, std::string_view text = "done");
    void flush();

    channel& peer_;
    const recordings& mailboxes_;
    const recording* selected_ = nullptr;
    bool selected_idle_ = false;
    bool leaving_ = false;
    bool idles_ = false;
    std::string idle_tag_;
    std::string in_;
    std::size_t taken_ = 0;
    std::string out_;
};

} // namespace coimap::tools::bench
