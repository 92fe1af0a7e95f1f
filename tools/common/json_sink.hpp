#pragma once
// Values as compact JSON (RFC 8259), written as they are told: no tree is built.
//
// Numbers are exact, whatever their size. A string whose octets are valid UTF-8 is a JSON string; control
// characters and what could deceive a terminal (C1 controls, bidirectional overrides) are escaped there,
// which changes nothing for whoever reads the JSON. Any other string is an object, so that nothing is lost
// and a reader can tell: {"octets":"<base64>","text":"<a printable rendering>"}.

#include "common/output.hpp"

#include "coimap/model/value_sink.hpp"

namespace coimap::tools {

class json_sink final : public value_sink {
public:
    explicit json_sink(output& out) : out_(out) {}

    void begin_object() override { open('{'); }
    void key(std::string_view name) override;
    void end_object() override { close('}'); }
    void begin_list() override { open('['); }
    void end_list() override { close(']'); }
    void null() override { word("null"); }
    void boolean(bool value) override { word(value ? "true" : "false"); }
    void number(std::uint64_t value) override;
    void signed_number(std::int64_t value) override;
    void string(std::string_view octets) override;

    /// A number that is written already.
    void literal(std::string_view json) { word(json); }

    /// Ends the line of one whole value.
    void end_line();

private:
    void open(char bracket);
    void close(char bracket);
    void word(std::string_view text);
    void separate();
    void quoted(std::string_view utf8);

    output& out_;
    bool comma_ = false; // a value stands before the place where the next one goes
};

} // namespace coimap::tools
