#pragma once
// Sets of message numbers as ranges (RFC 9051 section 9: sequence-set). `1:4294967295` costs one range, and
// no operation ever expands a set. Message sequence numbers and UIDs are different types on purpose: a set of
// the one cannot be given where the other is meant.

#include "coimap/core/result.hpp"
#include "coimap/model/value_sink.hpp"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace coimap {

/// First and last number of a row, both in it; 1 <= first <= last.
struct number_range {
    std::uint32_t first = 1;
    std::uint32_t last = 1;

    std::uint64_t count() const noexcept { return std::uint64_t{last} - first + 1; }
    friend auto operator<=>(const number_range&, const number_range&) = default;
};

/// `*`: the largest number in use. As an element of a set it stands at its end: `10:*`. A message whose UID
/// is this very number cannot be told from it, nor is there any after it (RFC 9051 section 2.3.1.1).
inline constexpr std::uint32_t star = std::numeric_limits<std::uint32_t>::max();

/// What sequence sets and UID sets have in common: sorted ranges that neither touch nor overlap. 0 is no
/// message number: it is left out wherever it is given.
class number_ranges {
public:
    number_ranges() = default;
    explicit number_ranges(std::vector<number_range> ranges); ///< in any order, overlapping or reversed

    const std::vector<number_range>& ranges() const noexcept { return ranges_; }
    bool empty() const noexcept { return ranges_.empty(); }
    std::uint64_t count() const noexcept; ///< how many numbers
    bool contains(std::uint32_t number) const noexcept;
    bool intersects(const number_ranges& other) const noexcept;
    std::uint32_t min() const noexcept { return ranges_.front().first; } ///< not of an empty set
    std::uint32_t max() const noexcept { return ranges_.back().last; }

    void insert(std::uint32_t number); ///< cheap in ascending order
    void insert(number_range range);
    void erase(number_range range);

    static number_ranges unite(const number_ranges& a, const number_ranges& b);
    static number_ranges intersect(const number_ranges& a, const number_ranges& b);
    static number_ranges subtract(const number_ranges& a, const number_ranges& b);

    /// Pieces of at most so many octets when written: for servers with a limit on the command line.
    std::vector<number_ranges> chunks_by_length(std::size_t octets) const;
    /// Pieces of at most so many numbers; `first:*` stays in one piece, since only the server knows its size.
    std::vector<number_ranges> chunks_by_count(std::uint64_t numbers) const;

    /// `1:5,7,10:*`. `star` is written as `*`.
    std::string to_string() const;

    /// Accepts `1:5,7,10:*,*`, reversed ranges, and nothing else; 0 is no number. errc::number_out_of_range
    /// for a number beyond 32 bits, errc::list_too_long for too many ranges, else errc::invalid_argument.
    static result<number_ranges> parse(std::string_view text, std::size_t most_ranges = 1'000'000);

    friend bool operator==(const number_ranges&, const number_ranges&) = default;

private:
    std::vector<number_range> ranges_;
};

/// A set of numbers of one kind: `uid_set` or `sequence_set`.
template<class Kind>
class basic_number_set : public number_ranges {
public:
    basic_number_set() = default;
    basic_number_set(std::uint32_t number) { insert(number); }
    basic_number_set(std::uint32_t first, std::uint32_t last) { insert(number_range{first, last}); }
    explicit basic_number_set(number_ranges ranges) : number_ranges(std::move(ranges)) {}
    explicit basic_number_set(std::string_view text)
        : number_ranges(parse(text).value()) {} ///< throws coimap::error
    explicit basic_number_set(const char* text) : basic_number_set(std::string_view(text)) {}

    /// Every message: `1:*`.
    static basic_number_set all() { return {1, star}; }
    /// From this number on: `first:*`.
    static basic_number_set from(std::uint32_t first) { return {first, star}; }

    friend basic_number_set operator|(const basic_number_set& a, const basic_number_set& b) {
        return basic_number_set(unite(a, b));
    }
    friend basic_number_set operator&(const basic_number_set& a, const basic_number_set& b) {
        return basic_number_set(intersect(a, b));
    }
    friend basic_number_set operator-(const basic_number_set& a, const basic_number_set& b) {
        return basic_number_set(subtract(a, b));
    }
};

struct uid_kind {};
struct sequence_kind {};
using uid_set = basic_number_set<uid_kind>;
using sequence_set = basic_number_set<sequence_kind>;

/// The ranges as a view of the parsed response, without an allocation: what COPYUID, VANISHED and ESEARCH
/// hold.
struct range_list {
    const number_range* data = nullptr;
    std::size_t size = 0;

    const number_range* begin() const noexcept { return data; }
    const number_range* end() const noexcept { return data + size; }
    bool empty() const noexcept { return size == 0; }
    std::uint64_t count() const noexcept;
    bool contains(std::uint32_t number) const noexcept; ///< linear: the order is the server's
    uid_set uids() const;
    sequence_set sequence_numbers() const;

    friend bool operator==(const range_list& a, const range_list& b) noexcept;
};

void describe(value_sink& sink, const number_ranges& set);
void describe(value_sink& sink, const range_list& set);

} // namespace coimap
