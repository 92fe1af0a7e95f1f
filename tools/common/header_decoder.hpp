#pragma once
// Between a response and its JSON: header fields as a person reads them. In an envelope, `subject` and `name`
// have their encoded words decoded (RFC 2047) and `date` is ISO 8601; so has `description` in a body
// structure. Where that changed something, the octets as sent follow under the same key with `_raw` behind
// it.

#include "common/forwarding_sink.hpp"

#include <string>

namespace coimap::tools {

class header_decoder final : public forwarding_sink {
public:
    enum class raw_form { beside, left_out };

    explicit header_decoder(value_sink& target, raw_form raw = raw_form::beside)
        : forwarding_sink(target), raw_(raw) {}

    void begin_object() override;
    void key(std::string_view name) override;
    void end_object() override;
    void begin_list() override;
    void end_list() override;
    void string(std::string_view octets) override;

private:
    void decoded(std::string_view octets, const std::string& text);

    raw_form raw_;
    std::string key_;
    int depth_ = 0;
    int envelope_ = 0; // the depth of the envelope that this is in; 0: in none
};

} // namespace coimap::tools
