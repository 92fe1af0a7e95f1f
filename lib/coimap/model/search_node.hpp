#pragma once
// The tree behind a search_key: what search_key.cpp builds and wire/search_key.cpp writes. Not for programs.

#include "coimap/model/search_key.hpp"

#include <atomic>
#include <utility>
#include <variant>
#include <vector>

namespace coimap {

namespace search_detail {

struct text_argument {
    std::string text;
};
struct field_argument {
    std::string name;
    std::string text;
};

/// What stands behind a key's word.
using argument =
    std::variant<std::monostate, text_argument, field_argument, flag, date, std::uint64_t, message_set>;

} // namespace search_detail

struct search_key::node {
    enum class kind : std::uint8_t { leaf, both, either, negation };

    kind type = kind::leaf;
    bool non_ascii = false;
    bool by_number = false;
    bool by_modseq = false;
    std::string_view keyword;      ///< of a leaf
    search_detail::argument value; ///< of a leaf
    mutable std::shared_ptr<const node> left;
    mutable std::shared_ptr<const node> right; ///< not of a negation

    node() = default;
    node(const node&) = delete;
    node& operator=(const node&) = delete;

    /// Takes the tree apart with a stack of its own: a chain may be longer than the program's stack is deep.
    ~node() {
        if (!left)
            return;
        std::vector<std::shared_ptr<const node>> orphans;
        adopt(*this, orphans);
        while (!orphans.empty()) {
            const std::shared_ptr<const node> last = std::move(orphans.back());
            orphans.pop_back();
            if (last.use_count() == 1) {
                std::atomic_thread_fence(std::memory_order_acquire);
                adopt(*last, orphans);
            }
        }
    }

private:
    static void adopt(const node& parent, std::vector<std::shared_ptr<const node>>& orphans) {
        if (parent.left)
            orphans.push_back(std::move(parent.left));
        if (parent.right)
            orphans.push_back(std::move(parent.right));
    }
};

} // namespace coimap
