#include "repl/verbs/words.hpp"

#include "common/exit_status.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/number.hpp"

namespace coimap::tools {
namespace {

class splitter {
public:
    explicit splitter(std::string_view line) : line_(line) {}

    std::vector<word> run() {
        for (; place_ < line_.size(); ++place_)
            step(line_[place_]);
        if (depth_ != 0)
            throw usage_error("a [ is not closed");
        finish();
        return std::move(words_);
    }

private:
    void step(char c) {
        if (c == '"' && depth_ == 0)
            return double_quoted();
        if (c == '\'' && depth_ == 0 && !open_)
            return single_quoted();
        if (depth_ == 0 && (c == ' ' || c == '\t'))
            return finish();
        if (depth_ == 0 && (c == '(' || c == ')')) {
            finish();
            words_.push_back({std::string(1, c), false});
            return;
        }
        if (c == '[')
            ++depth_;
        else if (c == ']' && depth_ > 0)
            --depth_;
        add(c);
    }

    void add(char c) {
        current_.text.push_back(c);
        open_ = true;
    }

    void double_quoted() {
        begin_quotes();
        for (++place_; place_ < line_.size() && line_[place_] != '"'; ++place_) {
            const bool escape = line_[place_] == '\\' && place_ + 1 < line_.size() &&
                                (line_[place_ + 1] == '"' || line_[place_ + 1] == '\\');
            current_.text.push_back(line_[escape ? ++place_ : place_]);
        }
        if (place_ == line_.size())
            throw usage_error("a \" is not closed");
    }

    void single_quoted() {
        begin_quotes();
        const std::size_t end = line_.find('\'', place_ + 1);
        if (end == std::string_view::npos)
            throw usage_error("a ' is not closed");
        current_.text.append(line_.substr(place_ + 1, end - place_ - 1));
        place_ = end;
    }

    void begin_quotes() {
        open_ = true;
        current_.quoted = true;
    }

    void finish() {
        if (open_)
            words_.push_back(std::move(current_));
        current_ = {};
        open_ = false;
    }

    std::string_view line_;
    std::size_t place_ = 0;
    std::vector<word> words_;
    word current_;
    bool open_ = false; // a word has begun
    int depth_ = 0;     // of brackets
};

} // namespace

bool word::is(std::string_view keyword) const noexcept {
    return !quoted && iequals(text, keyword);
}

std::vector<word> split_words(std::string_view line) {
    return splitter(line).run();
}

const word& word_list::take(std::string_view what) {
    if (empty())
        throw usage_error(verb_ + " needs " + std::string(what));
    return words_[place_++];
}

bool word_list::take_if(std::string_view keyword) {
    if (empty() || !peek().is(keyword))
        return false;
    ++place_;
    return true;
}

std::uint64_t word_list::take_number(std::string_view what) {
    const std::string text = take(what).text;
    const auto value = parse_number(text);
    if (!value)
        throw usage_error(verb_ + ": " + std::string(what) + " is a number, not " + text);
    return *value;
}

std::vector<word> word_list::take_group() {
    std::vector<word> group;
    const bool parenthesised = take_if("(");
    while (!empty() && !(parenthesised && peek().is(")")))
        group.push_back(take("a word"));
    if (parenthesised && !take_if(")"))
        throw usage_error(verb_ + ": a ( is not closed");
    return group;
}

void word_list::expect_end() const {
    if (!empty())
        throw usage_error(verb_ + ": there is nothing to do with " + peek().text);
}

} // namespace coimap::tools
