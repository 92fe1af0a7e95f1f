#pragma once
// What SEARCH looks for (RFC 9051 section 6.4.4) as an expression: `unseen() && since(d) && !from("x")`.

#include "coimap/model/date_time.hpp"
#include "coimap/model/flag.hpp"
#include "coimap/model/message_set.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace coimap {

namespace wire {
class command_writer;
}

/// A value; copies share the tree. Strings are arguments, never pasted: the writer quotes them or sends
/// literals.
class search_key {
public:
    /// Every message.
    search_key();

    friend search_key operator&&(const search_key& a, const search_key& b);
    friend search_key operator||(const search_key& a, const search_key& b); ///< written as nested OR
    friend search_key operator!(const search_key& a);

    /// Whether a string in it is not ASCII, so that a charset has to be declared (RFC 3501).
    bool needs_charset() const noexcept;

    /// Whether it names messages by sequence number (RFC 9051 section 5.5 matters then).
    bool uses_sequence_numbers() const noexcept;

    /// Whether it asks for mod-sequences, which takes CONDSTORE (RFC 7162).
    bool uses_modseq() const noexcept;

    /// Writes the key, an AND without parentheses around it. `last(n)` in it becomes numbers by the number of
    /// messages that exist. Fails the writer with errc::invalid_argument for an empty set, for text that is
    /// not UTF-8, and for `last(n)` when that number is not given. Chains of any length cost no stack, and an
    /// OR of many terms nests as shallowly as it can.
    /// Defined in wire: a key knows nothing of octets.
    void write(wire::command_writer& out, std::optional<std::uint32_t> exists = std::nullopt) const;

    struct node;

private:
    friend struct search_key_factory;
    explicit search_key(std::shared_ptr<const node> root) : root_(std::move(root)) {}

    std::shared_ptr<const node> root_;
};

namespace search {
search_key all();
search_key answered();
search_key deleted();
search_key draft();
search_key flagged();
search_key seen();
search_key recent(); ///< RFC 3501 only
search_key new_();   ///< NEW, RFC 3501 only: recent and unseen
search_key old();    ///< OLD, RFC 3501 only
search_key unanswered();
search_key undeleted();
search_key undraft();
search_key unflagged();
search_key unseen();
search_key keyword(const flag& name);
search_key unkeyword(const flag& name);
search_key bcc(std::string_view text);
search_key body(std::string_view text);
search_key cc(std::string_view text);
search_key from(std::string_view text);
search_key subject(std::string_view text);
search_key text(std::string_view text);
search_key to(std::string_view text);
search_key header(std::string_view name, std::string_view text); ///< an empty text: the field is there
search_key before(const date& day);
search_key on(const date& day);
search_key since(const date& day);
search_key sent_before(const date& day);
search_key sent_on(const date& day);
search_key sent_since(const date& day);
search_key larger(std::uint64_t octets);
search_key smaller(std::uint64_t octets);
search_key messages(message_set set);   ///< these messages
search_key modseq(std::uint64_t least); ///< CONDSTORE (RFC 7162 section 3.1.5)
} // namespace search

} // namespace coimap
