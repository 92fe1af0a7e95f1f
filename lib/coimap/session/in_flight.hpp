#pragma once
// The commands of a connection, from the call to the tagged answer: first those under way, then those that
// wait.

#include "coimap/session/command.hpp"
#include "coimap/session/completion.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace coimap {

/// Names a command for as long as the connection lives; also the number in its tag.
using command_id = std::uint64_t;

struct command_entry {
    enum class stage : std::uint8_t {
        queued,  ///< nothing of it has been sent
        sending, ///< partly written: a literal of it awaits the server's `+` or its octets
        sent,    ///< all of it was handed to the stream
        done,    ///< answered, or removed before it was sent
    };

    command_id id = 0;
    stage at = stage::queued;
    bool abandoned = false; ///< nobody waits: its answer is read and dropped
    bool aborting = false;  ///< its abort line goes out at the next `+`
    bool encoded =
        false; ///< written at the call; else when its turn comes, an earlier one changing the session
    std::uint64_t bound_to = 0; ///< valid only while this is session::selection(); 0: always
    std::uint64_t expunges =
        0;                 ///< session::expunges_ at the call: what it names by number may have moved since
    bool answered = false; ///< the tagged answer came before its literal was through
    std::unique_ptr<diagnostics> details; ///< of that answer
    std::shared_ptr<coimap::command> command;
    std::shared_ptr<coimap::completion> completion;
    pipelining_traits traits;
    wire::encoded_command octets;
    std::size_t sent = 0;            ///< of octets.bytes
    std::size_t next_sync = 0;       ///< index into octets.sync_points
    std::size_t next_stream = 0;     ///< index into octets.streamed
    std::error_code failure;         ///< found before the tagged answer, and replaces it
    std::uint64_t answer_octets = 0; ///< of its untagged answer; since it was abandoned, of what is drained
    bool changes_session = false;    ///< decides how the commands behind it are written

    /// Its octets are not needed any more; those of a secret are wiped.
    void drop_octets() noexcept;

    bool under_way() const noexcept { return at == stage::sending || at == stage::sent; }
};

class in_flight_table {
public:
    /// The prefix outlives the table.
    explicit in_flight_table(std::string_view tag_prefix) noexcept : prefix_(tag_prefix) {}

    /// `changes_session`: later ones are written only when this one is done. Entries may move.
    command_entry& append(std::shared_ptr<coimap::command> what, bool changes_session = false);
    std::string tag(command_id id) const { return std::string(prefix_) + std::to_string(id); }

    /// nullptr for what was never issued or is done.
    command_entry* find(command_id id) noexcept;
    command_entry* find(std::string_view tag) noexcept;

    /// The first that waits; nullptr when none does.
    command_entry* next_queued() noexcept;

    /// Whether this one may go out beside those under way.
    bool may_start(const command_entry& entry) const noexcept;

    // Every change of stage passes through these, which keep the counts.
    void start(command_entry& entry) noexcept;
    void finish(command_entry& entry) noexcept;

    std::size_t under_way() const noexcept { return under_way_; }
    std::size_t waiting() const noexcept { return waiting_; }
    bool session_changes() const noexcept { return changing_ != 0; } ///< one that changes the session is open
    bool empty() const noexcept { return under_way_ == 0 && waiting_ == 0; }

    /// All of them, oldest first; some may be done.
    auto begin() noexcept { return entries_.begin() + static_cast<std::ptrdiff_t>(dropped_); }
    auto end() noexcept { return entries_.end(); }
    auto begin() const noexcept { return entries_.begin() + static_cast<std::ptrdiff_t>(dropped_); }
    auto end() const noexcept { return entries_.end(); }

private:
    void drop_done() noexcept;

    /// Commands of one family that are under way together at most: each new one is compared with all of them.
    static constexpr std::size_t most_of_a_family = 256;

    std::string_view prefix_;
    std::vector<command_entry> entries_; ///< ids ascend by one; a deque would hold much while one idles
    command_id next_id_ = 1;
    std::size_t dropped_ = 0; ///< entries before this index are done
    std::size_t started_ = 0; ///< entries before this index are not queued
    std::size_t under_way_ = 0;
    std::size_t waiting_ = 0;
    std::size_t changing_ = 0;
    std::array<std::uint32_t, overlap_effects> by_effect_{}; ///< under way, by what others mind of them
};

} // namespace coimap
