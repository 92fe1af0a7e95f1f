#include "coimap/session/commands/search.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/session/commands/support.hpp"
#include "coimap/wire/responses/search.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace coimap::commands {

pipelining_traits search_command::traits() const noexcept {
    if (by_ == search_by::sequence_number)
        return {command_effect::needs_selected | command_effect::uses_numbers |
                    command_effect::forbids_expunge,
                "SEARCH"};
    const auto numbers = key_.uses_sequence_numbers() ? command_effect::uses_numbers : command_effect::none;
    return {command_effect::needs_selected | numbers, "SEARCH"};
}

bool search_command::overlaps_safely(const command& earlier) const noexcept {
    const auto* other = dynamic_cast<const search_command*>(&earlier);
    return other && extended_ && other->extended_;
}

std::error_code search_command::write(wire::command_writer& out, const session_context& context) {
    if (has(options_.returns(), search_return::save) && !has_or_rev2(context, "SEARCHRES"))
        return errc::not_supported;
    if (key_.uses_modseq() && !has_condstore(context))
        return errc::not_supported;
    result_.by_uid = by_ == search_by::uid;
    extended_ = has_or_rev2(context, "ESEARCH");
    out.raw(name());
    if (extended_)
        write_return(out);
    if (!options_.charset().empty())
        out.raw(" CHARSET ").astring(options_.charset());
    else if (key_.needs_charset() && !names_are_utf8(context))
        out.raw(" CHARSET UTF-8");
    key_.write(out.sp(), context.exists());
    return {};
}

void search_command::write_return(wire::command_writer& out) const {
    static constexpr std::array words{
        std::pair{search_return::min, std::string_view("MIN")},
        std::pair{search_return::max, std::string_view("MAX")},
        std::pair{search_return::all, std::string_view("ALL")},
        std::pair{search_return::count, std::string_view("COUNT")},
        std::pair{search_return::save, std::string_view("SAVE")},
    };
    // Never `()`: not every server takes it for (ALL).
    out.raw(" RETURN ").open();
    bool first = true;
    for (const auto& [option, word] : words) {
        if (!has(options_.returns(), option))
            continue;
        if (!std::exchange(first, false))
            out.sp();
        out.raw(word);
    }
    if (first)
        out.raw("ALL");
    out.close();
}

claim search_command::on_untagged(const wire::response& response, session_context& context) {
    if (const auto* plain = response.as<search_data>()) {
        numbers_told_ = true;
        if (abandoned_)
            return claim::mine;
        found_.insert(found_.end(), plain->numbers.begin(), plain->numbers.end());
        if (plain->modseq)
            result_.modseq = plain->modseq;
        return claim::mine;
    }
    // An answer that cannot be read must not pass for "nothing found".
    if (response.type == wire::response::kind::data && response.data == nullptr &&
        iequals(response.name, "SEARCH")) {
        unreadable_ = true;
        return claim::mine;
    }
    const auto* extended = response.as<esearch_data>();
    if (!extended)
        return claim::not_mine;
    const bool own = extended->tag ? *extended->tag == context.tag() : extended->uid == result_.by_uid;
    if (!own)
        return claim::not_mine;
    if (abandoned_)
        return claim::mine;
    unreadable_ = unreadable_ || extended->unreadable;
    result_.min = extended->min;
    result_.max = extended->max;
    result_.count = extended->count;
    result_.modseq = extended->modseq;
    if (extended->all)
        found_.assign(extended->all->begin(), extended->all->end());
    // Nothing found is an ESEARCH without ALL (RFC 4731 section 3.1).
    numbers_told_ = extended->all || has(options_.returns(), search_return::all);
    return claim::mine;
}

std::error_code search_command::on_tagged(const wire::status_response& state, session_context&) {
    if (state.status == wire::status::ok && unreadable_)
        return make_error_code(errc::malformed_response);
    if (state.status != wire::status::ok || !numbers_told_ || abandoned_)
        return {};
    result_.numbers = number_ranges(std::exchange(found_, {}));
    if (!result_.numbers.empty()) {
        result_.min = result_.numbers.min();
        result_.max = result_.numbers.max();
    }
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    result_.count = static_cast<std::uint32_t>(std::min(result_.numbers.count(), most));
    return {};
}

void search_command::on_abandoned() noexcept {
    abandoned_ = true;
    found_ = {};
    result_ = {};
}

} // namespace coimap::commands
