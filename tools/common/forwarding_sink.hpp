#pragma once
// A sink that passes everything on: the base of those that change or add a little.

#include "coimap/model/value_sink.hpp"

namespace coimap::tools {

class forwarding_sink : public value_sink {
public:
    explicit forwarding_sink(value_sink& target) : target_(target) {}

    void begin_object() override { target_.begin_object(); }
    void key(std::string_view name) override { target_.key(name); }
    void end_object() override { target_.end_object(); }
    void begin_list() override { target_.begin_list(); }
    void end_list() override { target_.end_list(); }
    void null() override { target_.null(); }
    void boolean(bool value) override { target_.boolean(value); }
    void number(std::uint64_t value) override { target_.number(value); }
    void signed_number(std::int64_t value) override { target_.signed_number(value); }
    void string(std::string_view octets) override { target_.string(octets); }

protected:
    value_sink& target_;
};

} // namespace coimap::tools
