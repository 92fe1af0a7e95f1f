#pragma once
// A sink that writes compact JSON, for tests that compare what a value tells with one line of text.

#include "coimap/model/value_sink.hpp"

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace coimap::test {

/// Octets that are not printable ASCII stand as `\x1b`, so that an expectation never depends on an encoding.
class json_sink : public value_sink {
public:
    void begin_object() override { open('{'); }
    void key(std::string_view name) override {
        separate();
        write(name);
        text_ += ':';
        fresh_ = true;
    }
    void end_object() override { close('}'); }
    void begin_list() override { open('['); }
    void end_list() override { close(']'); }
    void null() override { plain("null"); }
    void boolean(bool value) override { plain(value ? "true" : "false"); }
    void number(std::uint64_t value) override { plain(std::to_string(value)); }
    void signed_number(std::int64_t value) override { plain(std::to_string(value)); }
    void string(std::string_view octets) override {
        separate();
        write(octets);
    }

    const std::string& text() const noexcept { return text_; }

private:
    void separate() {
        if (!fresh_)
            text_ += ',';
        fresh_ = false;
    }
    void open(char bracket) {
        separate();
        text_ += bracket;
        fresh_ = true;
    }
    void close(char bracket) {
        text_ += bracket;
        fresh_ = false;
    }
    void plain(std::string_view value) {
        separate();
        text_ += value;
    }
    void write(std::string_view octets) {
        text_ += '"';
        for (const char c : octets) {
            const auto octet = static_cast<unsigned char>(c);
            if (c == '"' || c == '\\') {
                text_ += '\\';
                text_ += c;
            } else if (octet < 0x20 || octet >= 0x7f) {
                char escaped[8];
                std::snprintf(escaped, sizeof escaped, "\\x%02x", octet);
                text_ += escaped;
            } else {
                text_ += c;
            }
        }
        text_ += '"';
    }

    std::string text_;
    bool fresh_ = true;
};

template<class T>
std::string to_json(const T& value) {
    json_sink sink;
    describe(sink, value);
    return sink.text();
}

} // namespace coimap::test
