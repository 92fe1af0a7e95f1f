#include "coimap/core/secret.hpp"

#include <cstring>
#include <utility>

namespace coimap {

void wipe(void* memory, std::size_t size) noexcept {
    // Writes through a volatile pointer are effects that the optimizer has to keep.
    volatile char* next = static_cast<volatile char*>(memory);
    for (std::size_t i = 0; i < size; ++i)
        next[i] = 0;
}

void wipe(std::string& text) noexcept {
    // Growing to the capacity allocates nothing, and reaches what an earlier, longer value left there.
    text.resize(text.capacity());
    wipe(text.data(), text.size());
    text.clear();
}

secret::secret(std::string_view octets) : size_(octets.size()) {
    if (octets.empty())
        return;
    octets_ = std::make_unique<char[]>(octets.size());
    std::memcpy(octets_.get(), octets.data(), octets.size());
}

secret::secret(const char* text) : secret(text == nullptr ? std::string_view() : std::string_view(text)) {}

secret::secret(const std::string& octets) : secret(std::string_view(octets)) {}

secret::secret(std::string&& octets) : secret(std::string_view(octets)) {
    wipe(octets);
}

secret::secret(const secret& other) : secret(other.reveal()) {}

secret::secret(secret&& other) noexcept
    : octets_(std::move(other.octets_)), size_(std::exchange(other.size_, 0)) {}

secret& secret::operator=(const secret& other) {
    if (this != &other)
        *this = secret(other);
    return *this;
}

secret& secret::operator=(secret&& other) noexcept {
    if (this != &other) {
        clear();
        octets_ = std::move(other.octets_);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

secret::~secret() {
    clear();
}

void secret::clear() noexcept {
    if (octets_)
        wipe(octets_.get(), size_);
    octets_.reset();
    size_ = 0;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size())
        return false;
    volatile unsigned char difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(difference | static_cast<unsigned char>(a[i] ^ b[i]));
    return difference == 0;
}

} // namespace coimap
