#include "coimap/sasl/cram_md5.hpp"

#include "coimap/sasl/checks.hpp"

#include <utility>

namespace coimap::sasl {

result<std::string> cram_md5::respond(std::string_view challenge) {
    sent_ = false;
    if (std::exchange(used_, true) || challenge.empty())
        return errc::bad_challenge;
    const secret password = std::exchange(password_, secret());
    if (user_.empty() || has_control(user_) || has_nul(password.reveal()))
        return errc::invalid_argument;

    const auto mac = crypto_.hmac(digest::md5, password.reveal(), challenge);
    if (!mac)
        return mac.error();
    std::string response = user_;
    response.push_back(' ');
    for (const char c : *mac) {
        const auto octet = static_cast<unsigned char>(c);
        response.push_back("0123456789abcdef"[octet >> 4]);
        response.push_back("0123456789abcdef"[octet & 15]);
    }
    sent_ = true;
    return response;
}

} // namespace coimap::sasl
