#include "repl/verbs/message_file.hpp"

#include "common/exit_status.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace coimap::tools {
namespace {

[[noreturn]] void fail(const std::string& what, const std::string& path) {
    const std::error_code reason(errno, std::generic_category());
    throw failure(exit_status::input_output, what + " " + path + ": " + reason.message());
}

} // namespace

message_source::message_source(const std::string& path)
    : path_(path), file_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)), block_(std::size_t{64} << 10) {
    if (file_ < 0)
        fail("cannot open", path);
    struct stat about {};
    if (::fstat(file_, &about) != 0 || !S_ISREG(about.st_mode)) {
        ::close(file_);
        throw failure(exit_status::input_output, path + " is no file");
    }
    std::array<char, 16384> room{};
    while (const std::size_t count = read(room))
        size_ += count;
    if (::lseek(file_, 0, SEEK_SET) != 0)
        fail("cannot read", path);
    place_ = end_ = 0;
    last_ = 0;
}

message_source::~message_source() {
    ::close(file_);
}

std::size_t message_source::fill() {
    ssize_t count = 0;
    do
        count = ::read(file_, block_.data(), block_.size());
    while (count < 0 && errno == EINTR);
    if (count < 0)
        fail("cannot read", path_);
    place_ = 0;
    end_ = static_cast<std::size_t>(count);
    return end_;
}

std::size_t message_source::read(std::span<char> room) {
    std::size_t used = 0;
    while (used < room.size()) {
        if (!pending_ && place_ == end_ && fill() == 0)
            break;
        char next = pending_ ? '\n' : block_[place_++];
        if (next == '\0')
            throw failure(exit_status::input_output, path_ + " has a NUL in it, which no message may have");
        if (next == '\n' && last_ != '\r') {
            next = '\r';
            pending_ = true;
        } else {
            pending_ = false;
        }
        room[used++] = last_ = next;
    }
    return used;
}

message_target::message_target(std::string path) : path_(std::move(path)) {
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file_ < 0)
        fail("cannot make", path_);
}

message_target::~message_target() {
    ::close(file_);
    if (!finished_)
        ::unlink(path_.c_str());
}

void message_target::write(std::string_view octets) {
    while (!octets.empty()) {
        const ssize_t count = ::write(file_, octets.data(), octets.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            fail("cannot write", path_);
        octets.remove_prefix(static_cast<std::size_t>(count));
        written_ += static_cast<std::uint64_t>(count);
    }
}

void message_target::finish() {
    if (::fsync(file_) != 0 && errno != EINVAL)
        fail("cannot write", path_);
    finished_ = true;
}

std::string readable_size(std::uint64_t octets) {
    constexpr std::array<const char*, 5> units{"octets", "kB", "MB", "GB", "TB"};
    auto value = static_cast<double>(octets);
    std::size_t unit = 0;
    for (; value >= 1000 && unit + 1 < units.size(); ++unit)
        value /= 1000;
    std::array<char, 32> room{};
    std::snprintf(room.data(), room.size(), unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    return room.data();
}

} // namespace coimap::tools
