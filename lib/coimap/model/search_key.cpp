#include "coimap/model/search_key.hpp"

#include "coimap/model/search_node.hpp"

#include <algorithm>
#include <utility>

namespace coimap {

using search_detail::argument;
using search_detail::field_argument;
using search_detail::text_argument;

namespace {

bool is_ascii(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

} // namespace

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

using node = search_key::node;

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
