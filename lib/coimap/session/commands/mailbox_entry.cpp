#include "coimap/session/commands/mailbox_entry.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/wire/responses/list.hpp"

#include <algorithm>

namespace coimap {

bool mailbox_entry::has(std::string_view attribute) const noexcept {
    return std::any_of(attributes.begin(), attributes.end(),
                       [attribute](const std::string& each) { return iequals(each, attribute); });
}

namespace commands {

mailbox_entry make_mailbox_entry(const list_data& data, bool utf8_names) {
    mailbox_entry entry;
    entry.name = mailbox_name(data.mailbox);
    const auto written = entry.name.encode(utf8_names);
    if (!entry.name.is_inbox() && (!written || *written != data.wire_name))
        entry.name = mailbox_name::from_wire(data.wire_name);
    entry.attributes.assign(data.attributes.begin(), data.attributes.end());
    entry.delimiter = data.delimiter;
    entry.child_info.assign(data.child_info.begin(), data.child_info.end());
    if (!data.old_name.empty())
        entry.old_name = mailbox_name(data.old_name);
    return entry;
}

} // namespace commands
} // namespace coimap
