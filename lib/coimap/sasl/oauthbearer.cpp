#include "coimap/sasl/oauthbearer.hpp"

#include "coimap/core/number.hpp"
#include "coimap/sasl/checks.hpp"

namespace coimap::sasl {

const std::string& oauthbearer::identity() const noexcept {
    return who().authorization_id().empty() ? who().user() : who().authorization_id();
}

bool oauthbearer::acceptable() const noexcept {
    return !has_control(identity()) && !has_control(who().host());
}

std::string oauthbearer::header() const {
    std::string text = "n,";
    if (!identity().empty())
        text += "a=" + escape_name(identity());
    text += ",\x01";
    if (!who().host().empty())
        text += "host=" + who().host() + '\x01';
    if (who().port() != 0) {
        text += "port=";
        append_number(text, who().port());
        text.push_back('\x01');
    }
    return text;
}

} // namespace coimap::sasl
