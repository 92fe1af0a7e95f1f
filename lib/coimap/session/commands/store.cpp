#include "coimap/session/commands/store.hpp"

#include "coimap/session/commands/support.hpp"
#include "coimap/wire/codes/uidplus.hpp"

namespace coimap::commands {

namespace {

std::string_view item_of(store_mode mode) noexcept {
    switch (mode) {
    case store_mode::add:
        return "+FLAGS";
    case store_mode::remove:
        return "-FLAGS";
    case store_mode::replace:
        return "FLAGS";
    }
    return "FLAGS";
}

/// Whether it tells of flags and nothing that a FETCH would have asked for.
bool is_about_flags(const fetch_data& data) noexcept {
    return (data.flags || data.modseq) && !data.internal_date && !data.size && !data.envelope &&
           !data.structure && data.sections.empty();
}

} // namespace

std::error_code store_command::write(wire::command_writer& out, const session_context& context) {
    if (const auto failure = resolve(context))
        return failure;
    if (options_.unchanged_since() && !has_condstore(context))
        return errc::not_supported;
    result_.by_uid = messages_.by_uid();
    out.raw(name()).sp().set(messages_).sp();
    if (options_.unchanged_since())
        out.raw("(UNCHANGEDSINCE ").number(*options_.unchanged_since()).raw(") ");
    out.raw(item_of(mode_)).raw(options_.is_silent() ? ".SILENT " : " ").flags(flags_);
    return {};
}

claim store_command::on_untagged(const wire::response& response, session_context& context) {
    const auto* data = response.as<fetch_data>();
    if (!data || !is_about_flags(*data) || !names(*data, context))
        return claim::not_mine;
    if (!abandoned_)
        result_.updated.emplace_back(context.keep(response));
    return data->flags ? claim::mine_and_event : claim::mine;
}

std::error_code store_command::on_tagged(const wire::status_response& state, session_context&) {
    const auto* modified = state.code.as<modified_code>();
    if (modified && options_.unchanged_since())
        result_.modified = modified->numbers.uids();
    return {};
}

void store_command::on_abandoned() noexcept {
    abandoned_ = true;
    result_.updated = {};
}

} // namespace coimap::commands
