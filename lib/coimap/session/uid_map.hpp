#pragma once
// Which UID each sequence number of the selected mailbox has, as far as it is known: runs of numbers in a
// row, so that a mailbox without gaps costs one run whatever its size.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace coimap {

class uid_map {
public:
    std::optional<std::uint32_t> uid_of(std::uint32_t sequence_number) const noexcept;
    std::optional<std::uint32_t> number_of(std::uint32_t uid) const noexcept;

    /// Learns a pair. One that contradicts what is known replaces it: the server is right.
    void learn(std::uint32_t sequence_number, std::uint32_t uid);

    /// The message is gone and later ones move down. Its UID where it was known.
    std::optional<std::uint32_t> expunge(std::uint32_t sequence_number);

    /// Forgets everything from this number on.
    void truncate(std::uint32_t first_unknown);
    void clear() noexcept { runs_.clear(); }

    std::size_t runs() const noexcept { return runs_.size(); }

private:
    struct run {
        std::uint32_t number; ///< the first sequence number
        std::uint32_t uid;    ///< its UID
        std::uint32_t length;
    };
    using iterator = std::vector<run>::iterator;

    /// The run that holds the number, or the first behind it.
    std::size_t find(std::uint32_t sequence_number) const noexcept;
    void forget(std::uint32_t sequence_number);

    std::vector<run> runs_; ///< ascending, not overlapping
};

} // namespace coimap
