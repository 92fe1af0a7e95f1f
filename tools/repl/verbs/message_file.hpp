#pragma once
// Files of messages: read as APPEND sends them, written as FETCH brings them.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools {

/// A file whose lines end in CRLF when they are read, whatever they end in on the disk. Its size is counted
/// beforehand, since APPEND tells it first. Throws `failure`.
class message_source {
public:
    explicit message_source(const std::string& path);
    ~message_source();
    message_source(const message_source&) = delete;
    message_source& operator=(const message_source&) = delete;

    std::uint64_t size() const noexcept { return size_; }

    /// Fills the room and says how many octets; 0 at the end.
    std::size_t read(std::span<char> room);

private:
    std::size_t fill();

    std::string path_;
    int file_ = -1;
    std::uint64_t size_ = 0;
    std::vector<char> block_;
    std::size_t place_ = 0;
    std::size_t end_ = 0;
    char last_ = 0;        // what was given out last
    bool pending_ = false; // a LF is due behind a CR of ours
};

/// A file that must not be there yet. It is removed again unless it was finished. Throws `failure`.
class message_target {
public:
    explicit message_target(std::string path);
    ~message_target();
    message_target(const message_target&) = delete;
    message_target& operator=(const message_target&) = delete;

    void write(std::string_view octets);
    void finish();
    std::uint64_t written() const noexcept { return written_; }

private:
    std::string path_;
    int file_ = -1;
    std::uint64_t written_ = 0;
    bool finished_ = false;
};

/// `12.3 MB`.
std::string readable_size(std::uint64_t octets);

} // namespace coimap::tools
