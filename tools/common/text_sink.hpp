#pragma once
// Values for people: fields in columns, rows of like objects as a table, addresses as mail writes them. Every
// text passes printable(), so that nothing of the server's can steer a terminal.

#include "common/terminal.hpp"

#include "coimap/model/value_sink.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace coimap::tools {

class text_sink final : public value_sink {
public:
    /// A width of 0: lines are as long as they are.
    explicit text_sink(const painter& paint = painter(), std::size_t width = 0)
        : paint_(paint), width_(width) {}

    void begin_object() override { open(node::kind::object); }
    void key(std::string_view name) override { key_.assign(name); }
    void end_object() override { close(); }
    void begin_list() override { open(node::kind::list); }
    void end_list() override { close(); }
    void null() override { leaf("-"); }
    void boolean(bool value) override { leaf(value ? "yes" : "no"); }
    void number(std::uint64_t value) override { leaf(std::to_string(value)); }
    void signed_number(std::int64_t value) override { leaf(std::to_string(value)); }
    void string(std::string_view octets) override;

    /// What was told since the last time, as whole lines; empty when that was nothing.
    std::string take();

    /// A part of a value; only the rendering looks into it.
    struct node {
        enum class kind { leaf, text, list, object };

        kind type = kind::leaf;
        std::string name; ///< of a field
        std::string text; ///< of a leaf: printable; of kind::text: its lines
        std::vector<node> parts;
    };

private:
    void open(node::kind type);
    void close();
    void leaf(std::string text);
    node& add(node::kind type);

    painter paint_;
    std::size_t width_;
    node root_{node::kind::list, {}, {}, {}};
    std::vector<std::size_t> path_; // which part of which part is open
    std::string key_;
};

} // namespace coimap::tools
