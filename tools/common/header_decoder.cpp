#include "common/header_decoder.hpp"

#include "coimap/core/rfc2047.hpp"
#include "coimap/core/utf8.hpp"
#include "coimap/model/date_time.hpp"

namespace coimap::tools {

void header_decoder::begin_object() {
    ++depth_;
    if (envelope_ == 0 && key_ == "envelope")
        envelope_ = depth_;
    target_.begin_object();
}

void header_decoder::end_object() {
    if (envelope_ == depth_)
        envelope_ = 0;
    --depth_;
    target_.end_object();
}

void header_decoder::begin_list() {
    ++depth_;
    target_.begin_list();
}

void header_decoder::end_list() {
    --depth_;
    target_.end_list();
}

void header_decoder::key(std::string_view name) {
    key_.assign(name);
    target_.key(name);
}

namespace {

// Most values are plain, and cost nothing more then.
bool may_hold_words(std::string_view octets) noexcept {
    return octets.find("=?") != std::string_view::npos || !is_utf8(octets);
}

} // namespace

void header_decoder::decoded(std::string_view octets, const std::string& text) {
    target_.string(text);
    if (text == octets || raw_ == raw_form::left_out)
        return;
    target_.key(key_ + "_raw");
    target_.string(octets);
}

void header_decoder::string(std::string_view octets) {
    const bool is_text = key_ == "description" || (envelope_ != 0 && (key_ == "subject" || key_ == "name"));
    if (is_text && may_hold_words(octets))
        return decoded(octets, decode_words(octets));
    if (envelope_ != 0 && key_ == "date") {
        const auto moment = parse_header_date(octets);
        if (moment)
            return decoded(octets, format_iso(*moment));
    }
    target_.string(octets);
}

} // namespace coimap::tools
