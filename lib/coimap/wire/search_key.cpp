// How a search_key is written (RFC 9051 section 9: search-key).

#include "coimap/core/ascii.hpp"
#include "coimap/core/utf8.hpp"
#include "coimap/model/search_node.hpp"
#include "coimap/wire/command_writer.hpp"

#include <algorithm>
#include <vector>

namespace coimap {

using search_detail::field_argument;
using search_detail::text_argument;

namespace {

using node = search_key::node;

/// Controls could not be quoted everywhere, and the name of a field is ASCII (RFC 5322 section 2.2).
bool is_field_name(std::string_view name) noexcept {
    return !name.empty() && std::none_of(name.begin(), name.end(), [](char c) {
        return is_control(c) || static_cast<unsigned char>(c) >= 0x80;
    });
}

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
            if (!is_field_name(field->name))
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

void search_key::write(wire::command_writer& out, std::optional<std::uint32_t> exists) const {
    tree_writer(out, exists).write(*root_);
}

} // namespace coimap
