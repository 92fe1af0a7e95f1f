#include "coimap/sasl/anonymous.hpp"

#include "coimap/core/utf8.hpp"
#include "coimap/sasl/checks.hpp"

#include <algorithm>
#include <utility>

namespace coimap::sasl {

result<std::string> anonymous::initial() {
    if (std::exchange(used_, true))
        return errc::bad_state;
    if (!is_utf8(trace_))
        return errc::bad_utf8;
    const auto characters = std::count_if(
        trace_.begin(), trace_.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
    if (characters > 255 || has_control(trace_))
        return errc::invalid_argument;
    sent_ = true;
    return trace_;
}

result<std::string> anonymous::respond(std::string_view) {
    sent_ = false;
    return errc::bad_challenge;
}

} // namespace coimap::sasl
