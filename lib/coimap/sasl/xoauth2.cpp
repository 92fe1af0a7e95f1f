#include "coimap/sasl/xoauth2.hpp"

#include "coimap/sasl/checks.hpp"

namespace coimap::sasl {

bool xoauth2::acceptable() const noexcept {
    return !who().user().empty() && !has_control(who().user());
}

std::string xoauth2::header() const {
    return "user=" + who().user() + '\x01';
}

} // namespace coimap::sasl
