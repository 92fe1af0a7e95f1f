#include "coimap/session/commands/fetch.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/session/commands/support.hpp"
#include "coimap/wire/responses/vanished.hpp"

#include <algorithm>

namespace coimap::commands {

namespace {

/// What a server tells of a message without being asked.
constexpr std::uint32_t volatile_items = fetch_items::uid | fetch_items::flags | fetch_items::modseq;

bool asks_only_volatile(const fetch_items& items) noexcept {
    return (items.mask() & ~volatile_items) == 0 && items.bodies().empty() && items.extensions().empty();
}

bool has_extension(const fetch_data& data, std::string_view name) noexcept {
    return std::any_of(data.extensions.begin(), data.extensions.end(),
                       [name](const fetch_extension& each) { return iequals(each.name, name); });
}

} // namespace

std::error_code fetch_command::check(const session_context& context) const {
    const capabilities& caps = context.caps();
    if (items_.empty())
        return errc::invalid_argument;
    if ((items_.has(fetch_items::modseq) || options_.changed_since()) && !has_condstore(context))
        return errc::not_supported;
    if ((items_.has(fetch_items::email_id) || items_.has(fetch_items::thread_id)) && !caps.has("OBJECTID"))
        return errc::not_supported;
    if (items_.has(fetch_items::save_date) && !caps.has("SAVEDATE"))
        return errc::not_supported;
    if (items_.has(fetch_items::preview) && !caps.has("PREVIEW"))
        return errc::not_supported;
    const auto& bodies = items_.bodies();
    const bool binary =
        std::any_of(bodies.begin(), bodies.end(), [](const auto& each) { return each.is_binary(); });
    if (binary && !has_or_rev2(context, "BINARY"))
        return errc::not_supported;
    const bool may_ask_vanished =
        context.enabled("QRESYNC") && options_.changed_since() && messages_.by_uid();
    if (options_.wants_vanished() && !may_ask_vanished)
        return errc::bad_state;
    return {};
}

std::error_code fetch_command::write(wire::command_writer& out, const session_context& context) {
    if (const auto failure = resolve(context))
        return failure;
    if (const auto failure = check(context))
        return failure;
    // Nothing in the items needs a literal, and each of them was checked when it was built.
    out.raw(name()).sp().set(messages_).sp().raw(items_.to_string());
    if (options_.changed_since()) {
        out.raw(" (CHANGEDSINCE ").number(*options_.changed_since());
        out.raw(options_.wants_vanished() ? " VANISHED)" : ")");
    }
    return {};
}

claim fetch_command::on_untagged(const wire::response& response, session_context& context) {
    if (const auto* gone = response.as<vanished_data>(); gone && gone->earlier && options_.wants_vanished()) {
        if (!abandoned_)
            for (const number_range& range : gone->uids)
                vanished_.insert(range);
        return claim::mine_and_event;
    }
    const auto* data = response.as<fetch_data>();
    if (!data || !owns(*data, !response.defects.empty(), context))
        return claim::not_mine;
    if (!abandoned_)
        on_message(message(context.keep(response)), response.bytes.size());
    const bool news = (data->flags && !items_.has(fetch_items::flags)) ||
                      (data->modseq && !items_.has(fetch_items::modseq) && !options_.changed_since());
    return news ? claim::mine_and_event : claim::mine;
}

bool fetch_command::owns(const fetch_data& data, bool has_defects,
                         const session_context& context) const noexcept {
    return names(data, context) && (has_defects || holds_requested_item(data));
}

bool fetch_command::holds_requested_item(const fetch_data& data) const noexcept {
    if (asks_only_volatile(items_))
        return (items_.has(fetch_items::flags) && data.flags) ||
               (items_.has(fetch_items::modseq) && data.modseq) || (items_.has(fetch_items::uid) && data.uid);
    const auto asked_and = [this](fetch_items::plain item, bool there) { return there && items_.has(item); };
    if (asked_and(fetch_items::internal_date, data.internal_date.has_value()) ||
        asked_and(fetch_items::size, data.size.has_value()) ||
        asked_and(fetch_items::envelope, data.envelope != nullptr) ||
        asked_and(fetch_items::body_structure, data.structure != nullptr) ||
        asked_and(fetch_items::body, data.structure != nullptr) ||
        asked_and(fetch_items::email_id, has_extension(data, "EMAILID")) ||
        asked_and(fetch_items::thread_id, has_extension(data, "THREADID")) ||
        asked_and(fetch_items::save_date, has_extension(data, "SAVEDATE")) ||
        asked_and(fetch_items::preview, has_extension(data, "PREVIEW")))
        return true;
    // Servers spell a section in ways of their own (`<0.65536>` for a partial, other case, other spaces in a
    // list of fields), and nobody sends one unasked.
    if (!items_.bodies().empty() && !data.sections.empty())
        return true;
    const auto& asked = items_.extensions();
    return std::any_of(asked.begin(), asked.end(), [&data](const std::string& name) {
        // RFC822.HEADER and its like stand among the sections, BINARY.SIZE has a list of its own.
        return has_extension(data, name) || (istarts_with(name, "RFC822") && !data.sections.empty());
    });
}

void fetch_command::on_abandoned() noexcept {
    abandoned_ = true;
    collected_ = {};
    vanished_ = {};
}

} // namespace coimap::commands
