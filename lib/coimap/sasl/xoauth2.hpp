#pragma once
// XOAUTH2: Google's predecessor of OAUTHBEARER, which Gmail and Outlook still want. Documented by both
// vendors, in no RFC.

#include "coimap/sasl/bearer.hpp"

namespace coimap::sasl {

class xoauth2 final : public bearer {
public:
    explicit xoauth2(const credentials& who) : bearer(who) {}

    std::string_view name() const noexcept override { return "XOAUTH2"; }

private:
    bool acceptable() const noexcept override; // the user must be there
    std::string header() const override;
    std::string_view answer_to_error() const noexcept override { return {}; }
};

} // namespace coimap::sasl
