#include "coimap/model/search_key.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/utf8.hpp"
#include "coimap/wire/command_writer.hpp"

#include <algorithm>
#include <atomic>
#include <utility>
#include <variant>
#include <vector>

namespace coimap {

namespace {

struct text_argument {
    std::string text;
};
struct field_argument {
    std::string name;
    std::string text;
};

using argument =
    std::variant<std::monostate, text_argument, field_argument, flag, date, std::uint64_t, message_set>;

bool is_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

struct search_key::node {
    enum class kind : std::uint8_t { leaf, both, either, negation };

    kind type = kind::leaf;
    bool non_ascii = false;
    bool by_number = false;
    bool by_modseq = false;
    std::string_view keyword; ///< of a leaf
    argument value;           ///< of a leaf
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

struct search_key_factory {
    using node = search_key::node;

    static const std::shared_ptr<const node>& root(const search_key& key) { return key.root_; }

    static search_key leaf(std::string_view keyword, argument value = {}) {
        auto made = std::make_shared<node>();
        made->keyword = keyword;
        if (const auto* text = std::get_if<text_argument>(&value))
            made->non_ascii = !is_ascii(text->text);
        if (const auto* field = std::get_if<field_argument>(&value))
            made->non_ascii = !is_ascii(field->text);
        if (const auto* set = std::get_if<message_set>(&value))
            made->by_number = !set->by_uid();
        made->by_modseq = keyword == "MODSEQ";
        made->value = std::move(value);
        return search_key(std::move(made));
    }

    static search_key branch(node::kind type, std::shared_ptr<const node> left,
                             std::shared_ptr<const node> right) {
        auto made = std::make_shared<node>();
        made->type = type;
        made->non_ascii = left->non_ascii || (right && right->non_ascii);
        made->by_number = left->by_number || (right && right->by_number);
        made->by_modseq = left->by_modseq || (right && right->by_modseq);
        made->left = std::move(left);
        made->right = std::move(right);
        return search_key(std::move(made));
    }

    static bool is_all(const search_key& key) {
        return key.root_->type == node::kind::leaf && key.root_->keyword == "ALL";
    }
};

namespace {

using node = search_key::node;

/// Writes a tree without recursion: what is still to be written lies on a stack, the next step on top.
class tree_writer {
public:
    tree_writer(wire::command_writer& out, std::optional<std::uint32_t> exists)
        : out_(out), exists_(exists) {}

    void write(const node& root) {
        visit(root, false);
        while (!steps_.empty() && !out_.error()) {
            const step next = steps_.back();
            steps_.pop_back();
            if (next.what)
                visit(*next.what, true);
            else if (next.first == next.last)
                token(next.token);
            else
                visit_either(next.first, next.last);
        }
    }

private:
    /// A node, or alternatives `first` to `last`, or a token.
    struct step {
        const node* what = nullptr;
        std::size_t first = 0;
        std::size_t last = 0;
        char token = ' ';
    };

    void push(const node& what) { steps_.push_back({&what, 0, 0, ' '}); }
    void push(char one) { steps_.push_back({nullptr, 0, 0, one}); }
    void push(std::size_t first, std::size_t last) { steps_.push_back({nullptr, first, last, ' '}); }

    void token(char one) {
        if (one == ' ')
            out_.sp();
        else
            out_.close();
    }

    void visit(const node& what, bool nested) {
        switch (what.type) {
        case node::kind::leaf:
            leaf(what);
            return;
        case node::kind::negation:
            out_.raw("NOT ");
            push(*what.left);
            return;
        case node::kind::both: {
            if (nested) {
                out_.open();
                push(')');
            }
            std::vector<const node*> terms;
            flatten(what, terms);
            for (std::size_t i = terms.size(); i-- > 0;) {
                push(*terms[i]);
                if (i > 0)
                    push(' ');
            }
            return;
        }
        case node::kind::either: {
            const std::size_t first = alternatives_.size();
            flatten(what, alternatives_);
            push(first, alternatives_.size());
            return;
        }
        }
    }

    /// OR takes two keys; halving the alternatives keeps the nesting at the logarithm of their number.
    void visit_either(std::size_t first, std::size_t last) {
        if (last - first == 1) {
            visit(*alternatives_[first], true);
            return;
        }
        const std::size_t middle = first + (last - first) / 2;
        out_.raw("OR ");
        push(middle, last);
        push(' ');
        push(first, middle);
    }

    /// The terms of a chain of the same operator, in order.
    static void flatten(const node& root, std::vector<const node*>& terms) {
        std::vector<const node*> pending{&root};
        while (!pending.empty()) {
            const node* next = pending.back();
            pending.pop_back();
            if (next->type != root.type) {
                terms.push_back(next);
                continue;
            }
            pending.push_back(next->right.get());
            pending.push_back(next->left.get());
        }
    }

    void text(std::string_view octets) {
        if (!is_utf8(octets))
            out_.fail(errc::invalid_argument);
        out_.astring(octets);
    }

    void set(const message_set& given) {
        const message_set messages = exists_ ? given.resolve(*exists_) : given;
        if (messages.empty() && !given.empty()) {
            out_.raw("NOT ALL"); // the last messages of an empty mailbox
            return;
        }
        if (messages.by_uid() && !messages.is_saved())
            out_.raw("UID ");
        out_.set(messages);
    }

    void leaf(const node& what) {
        out_.raw(what.keyword);
        if (!what.keyword.empty() && !std::holds_alternative<std::monostate>(what.value))
            out_.sp();
        if (const auto* string = std::get_if<text_argument>(&what.value)) {
            text(string->text);
        } else if (const auto* field = std::get_if<field_argument>(&what.value)) {
            if (std::any_of(field->name.begin(), field->name.end(), is_control) || !is_ascii(field->name))
                out_.fail(errc::invalid_argument);
            out_.astring(field->name).sp();
            text(field->text);
        } else if (const auto* name = std::get_if<flag>(&what.value)) {
            out_.atom(name->text()); // \Seen is no keyword: it fails here
        } else if (const auto* day = std::get_if<date>(&what.value)) {
            out_.date(*day);
        } else if (const auto* number = std::get_if<std::uint64_t>(&what.value)) {
            out_.number(*number);
        } else if (const auto* messages = std::get_if<message_set>(&what.value)) {
            set(*messages);
        }
    }

    wire::command_writer& out_;
    std::optional<std::uint32_t> exists_;
    std::vector<step> steps_;
    std::vector<const node*> alternatives_;
};

} // namespace

search_key::search_key() : search_key(search::all()) {}

search_key operator&&(const search_key& a, const search_key& b) {
    if (search_key_factory::is_all(a))
        return b;
    if (search_key_factory::is_all(b))
        return a;
    return search_key_factory::branch(node::kind::both, search_key_factory::root(a),
                                      search_key_factory::root(b));
}

search_key operator||(const search_key& a, const search_key& b) {
    return search_key_factory::branch(node::kind::either, search_key_factory::root(a),
                                      search_key_factory::root(b));
}

search_key operator!(const search_key& a) {
    return search_key_factory::branch(node::kind::negation, search_key_factory::root(a), nullptr);
}

bool search_key::needs_charset() const noexcept {
    return root_->non_ascii;
}
bool search_key::uses_sequence_numbers() const noexcept {
    return root_->by_number;
}
bool search_key::uses_modseq() const noexcept {
    return root_->by_modseq;
}

void search_key::write(wire::command_writer& out, std::optional<std::uint32_t> exists) const {
    tree_writer(out, exists).write(*root_);
}

namespace search {

namespace {
search_key make(std::string_view keyword, argument value = {}) {
    return search_key_factory::leaf(keyword, std::move(value));
}
search_key with_text(std::string_view keyword, std::string_view text) {
    return make(keyword, text_argument{std::string(text)});
}
} // namespace

search_key all() {
    return make("ALL");
}
search_key answered() {
    return make("ANSWERED");
}
search_key deleted() {
    return make("DELETED");
}
search_key draft() {
    return make("DRAFT");
}
search_key flagged() {
    return make("FLAGGED");
}
search_key seen() {
    return make("SEEN");
}
search_key recent() {
    return make("RECENT");
}
search_key new_() {
    return make("NEW");
}
search_key old() {
    return make("OLD");
}
search_key unanswered() {
    return make("UNANSWERED");
}
search_key undeleted() {
    return make("UNDELETED");
}
search_key undraft() {
    return make("UNDRAFT");
}
search_key unflagged() {
    return make("UNFLAGGED");
}
search_key unseen() {
    return make("UNSEEN");
}
search_key keyword(const flag& name) {
    return make("KEYWORD", name);
}
search_key unkeyword(const flag& name) {
    return make("UNKEYWORD", name);
}
search_key bcc(std::string_view text) {
    return with_text("BCC", text);
}
search_key body(std::string_view text) {
    return with_text("BODY", text);
}
search_key cc(std::string_view text) {
    return with_text("CC", text);
}
search_key from(std::string_view text) {
    return with_text("FROM", text);
}
search_key subject(std::string_view text) {
    return with_text("SUBJECT", text);
}
search_key text(std::string_view text) {
    return with_text("TEXT", text);
}
search_key to(std::string_view text) {
    return with_text("TO", text);
}
search_key header(std::string_view name, std::string_view text) {
    return make("HEADER", field_argument{std::string(name), std::string(text)});
}
search_key before(const date& day) {
    return make("BEFORE", day);
}
search_key on(const date& day) {
    return make("ON", day);
}
search_key since(const date& day) {
    return make("SINCE", day);
}
search_key sent_before(const date& day) {
    return make("SENTBEFORE", day);
}
search_key sent_on(const date& day) {
    return make("SENTON", day);
}
search_key sent_since(const date& day) {
    return make("SENTSINCE", day);
}
search_key larger(std::uint64_t octets) {
    return make("LARGER", octets);
}
search_key smaller(std::uint64_t octets) {
    return make("SMALLER", octets);
}
search_key messages(message_set set) {
    return make("", std::move(set));
}
search_key modseq(std::uint64_t least) {
    return make("MODSEQ", least);
}

} // namespace search

} // namespace coimap
