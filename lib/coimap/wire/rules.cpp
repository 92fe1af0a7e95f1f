#include "coimap/wire/rules.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/wire/codes/lists.hpp"
#include "coimap/wire/codes/numbers.hpp"
#include "coimap/wire/codes/uidplus.hpp"
#include "coimap/wire/responses/capability.hpp"
#include "coimap/wire/responses/fetch.hpp"
#include "coimap/wire/responses/flags.hpp"
#include "coimap/wire/responses/id.hpp"
#include "coimap/wire/responses/list.hpp"
#include "coimap/wire/responses/mailbox_size.hpp"
#include "coimap/wire/responses/namespace.hpp"
#include "coimap/wire/responses/search.hpp"
#include "coimap/wire/responses/status.hpp"
#include "coimap/wire/responses/vanished.hpp"

namespace coimap::wire {

namespace {

// The most frequent first.
constexpr const rule* responses[] = {
    &fetch_data::rule,    &exists_data::rule,     &list_data::rule,    &expunge_data::rule,
    &vanished_data::rule, &status_data::rule,     &search_data::rule,  &esearch_data::rule,
    &flags_data::rule,    &recent_data::rule,     &lsub_data::rule,    &xlist_data::rule,
    &id_data::rule,       &capability_data::rule, &enabled_data::rule, &namespace_data::rule,
};

constexpr const rule* codes[] = {
    &append_uid_code::rule,     &copy_uid_code::rule,        &uid_next_code::rule,   &uid_validity_code::rule,
    &highest_modseq_code::rule, &permanent_flags_code::rule, &capability_code::rule, &unseen_code::rule,
    &modified_code::rule,       &bad_charset_code::rule,
};

const rule* find(std::string_view name, std::span<const rule* const> extra,
                 std::span<const rule* const> own) noexcept {
    if (name.empty())
        return nullptr;
    for (const auto rules : {extra, own})
        for (const rule* each : rules)
            if (each->name.size() == name.size() && to_upper(name.front()) == to_upper(each->name.front()) &&
                iequals(each->name, name))
                return each;
    return nullptr;
}

} // namespace

std::span<const rule* const> response_rules() noexcept {
    return responses;
}
std::span<const rule* const> code_rules() noexcept {
    return codes;
}

const rule* find_response_rule(std::string_view name, const parse_options& options) noexcept {
    return find(name, options.extra_rules, responses);
}

const rule* find_code_rule(std::string_view name, const parse_options& options) noexcept {
    return find(name, options.extra_code_rules, codes);
}

} // namespace coimap::wire
