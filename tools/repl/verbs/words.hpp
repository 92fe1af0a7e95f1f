#pragma once
// A typed line as words. Spaces part them; "double" and 'single' quotes keep spaces (within double quotes \"
// and \\ are the characters themselves, elsewhere a backslash is a backslash, as in \Seen); what stands in
// [brackets] stays in one word, and parentheses are words of their own.

#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools {

struct word {
    std::string text;
    bool quoted = false; ///< in part or as a whole: it is no keyword and no parenthesis

    bool is(std::string_view keyword) const noexcept; ///< without case
};

/// Throws usage_error for a quote or a bracket that is not closed.
std::vector<word> split_words(std::string_view line);

/// The words of a verb, taken one by one.
class word_list {
public:
    word_list() = default;
    word_list(std::string verb, std::vector<word> words) : verb_(std::move(verb)), words_(std::move(words)) {}

    bool empty() const noexcept { return place_ == words_.size(); }
    std::size_t left() const noexcept { return words_.size() - place_; }
    const word& peek() const noexcept { return words_[place_]; }

    /// The next word; throws usage_error, which names what is missing.
    const word& take(std::string_view what);

    /// Takes the next word when it is this one.
    bool take_if(std::string_view keyword);

    /// A number that has to be there.
    std::uint64_t take_number(std::string_view what);

    /// Words up to the end, or within parentheses.
    std::vector<word> take_group();

    /// Throws usage_error when words are left.
    void expect_end() const;

    const std::string& verb() const noexcept { return verb_; }

private:
    std::string verb_;
    std::vector<word> words_;
    std::size_t place_ = 0;
};

} // namespace coimap::tools
