#pragma once
// What the replay server sends: mailboxes whose FETCH answers are octets that lie ready.

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools::bench {

/// The FETCH responses of a mailbox, one after another, and where each begins.
class recording {
public:
    /// Splits what a server answered to `UID FETCH 1:*`; numbers and UIDs become 1, 2, 3 ...
    static recording of(std::string_view responses, std::size_t messages);

    /// Messages with a body of so many octets each.
    static recording of_bodies(std::size_t messages, std::size_t octets);

    /// The same messages again and again, up to so many.
    recording repeated(std::size_t messages) const;

    std::size_t size() const noexcept { return starts_.size(); }
    std::string_view all() const noexcept { return bytes_; }
    /// The responses of messages `first` to `last`, counted from 1.
    std::string_view slice(std::size_t first, std::size_t last) const noexcept;

private:
    void append(std::string_view response);

    std::string bytes_;
    std::vector<std::size_t> starts_;
};

using recordings = std::map<std::string, recording, std::less<>>;

} // namespace coimap::tools::bench
