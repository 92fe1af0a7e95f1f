#pragma once
// A password or a token: octets that are wiped from memory when they are done with, and that cannot reach a
// log, an error or a trace by accident, since only `reveal()` shows them.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace coimap {

/// Overwrites memory with zeros in a way that the compiler must not drop.
void wipe(void* memory, std::size_t size) noexcept;

/// Overwrites all that the string has room for and leaves it empty.
void wipe(std::string& text) noexcept;

/// Wipes its octets on destruction, on assignment, and when moved from (the octets themselves do not move, so
/// no copy stays behind). Whatever it was copied from is the caller's to wipe, unless it was moved in.
class secret {
public:
    secret() noexcept = default;
    secret(std::string_view octets);
    secret(const char* text);          ///< up to its NUL; null is an empty secret
    secret(const std::string& octets); ///< the source stays as it is
    secret(std::string&& octets);      ///< the source is wiped

    secret(const secret& other);
    secret(secret&& other) noexcept;
    secret& operator=(const secret& other);
    secret& operator=(secret&& other) noexcept;
    ~secret();

    /// The octets, valid until this value is assigned to or destroyed.
    std::string_view reveal() const noexcept { return {octets_.get(), size_}; }

    bool empty() const noexcept { return size_ == 0; }
    std::size_t size() const noexcept { return size_; }

    /// Wipes the octets now.
    void clear() noexcept;

private:
    // Not a std::string: its buffer within the object would be copied by a move.
    std::unique_ptr<char[]> octets_;
    std::size_t size_ = 0;
};

/// Compares in a time that depends on the lengths only, never on the octets.
bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

} // namespace coimap
