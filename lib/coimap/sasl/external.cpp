#include "coimap/sasl/external.hpp"

#include "coimap/sasl/checks.hpp"

#include <utility>

namespace coimap::sasl {

result<std::string> external::initial() {
    if (std::exchange(used_, true))
        return errc::bad_state;
    if (!is_identity(authorization_id_))
        return errc::invalid_argument;
    sent_ = true;
    return authorization_id_;
}

result<std::string> external::respond(std::string_view) {
    sent_ = false;
    return errc::bad_challenge;
}

} // namespace coimap::sasl
