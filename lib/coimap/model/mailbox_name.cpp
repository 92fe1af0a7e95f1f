#include "coimap/model/mailbox_name.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/core/utf7.hpp"
#include "coimap/core/utf8.hpp"

#include <algorithm>

namespace coimap {

mailbox_name::mailbox_name(std::string_view utf8) : text_(iequals(utf8, "INBOX") ? "INBOX" : utf8) {}

mailbox_name mailbox_name::from_wire(std::string_view octets) {
    mailbox_name name(octets);
    name.wire_ = !name.is_inbox();
    return name;
}

result<std::string> mailbox_name::encode(bool utf8_names) const {
    // Looked at before UTF-7 hides them: a name with a control character in it is an attack or a mistake, and
    // what a server makes of it when it decodes the name is not known.
    if (std::any_of(text_.begin(), text_.end(), is_control))
        return errc::invalid_argument;
    if (wire_)
        return text_;
    if (!is_utf8(text_))
        return errc::invalid_argument;
    if (utf8_names)
        return text_;
    return encode_utf7(text_);
}

} // namespace coimap
