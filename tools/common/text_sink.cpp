#include "common/text_sink.hpp"

#include "coimap/core/printable.hpp"

#include <algorithm>
#include <optional>

namespace coimap::tools {
namespace {

using node = text_sink::node;

const node* field_of(const node& object, std::string_view name) {
    const auto place = std::find_if(object.parts.begin(), object.parts.end(),
                                    [&](const node& each) { return each.name == name; });
    return place == object.parts.end() ? nullptr : &*place;
}

std::string_view text_of(const node& object, std::string_view name) {
    const node* const found = field_of(object, name);
    return found == nullptr || found->text == "-" ? std::string_view() : std::string_view(found->text);
}

std::string quoted(std::string_view text) {
    std::string result("\"");
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result.push_back('\\');
        result.push_back(c);
    }
    return result + "\"";
}

// An address of an envelope (RFC 9051 section 7.5.2), a group's start and its end.
std::optional<std::string> as_address(const node& object) {
    if (field_of(object, "mailbox") == nullptr || field_of(object, "host") == nullptr)
        return std::nullopt;
    const std::string_view name = text_of(object, "name");
    const std::string_view mailbox = text_of(object, "mailbox");
    const std::string_view host = text_of(object, "host");
    if (host.empty())
        return mailbox.empty() ? ";" : std::string(mailbox) + ":";
    const std::string address = std::string(mailbox) + "@" + std::string(host);
    if (name.empty())
        return address;
    const bool plain = name.find_first_of(",;:<>@\"") == std::string_view::npos;
    return (plain ? std::string(name) : quoted(name)) + " <" + address + ">";
}

// A MIME parameter.
std::optional<std::string> as_parameter(const node& object) {
    if (object.parts.size() != 2 || object.parts[0].name != "name" || object.parts[1].name != "value")
        return std::nullopt;
    return object.parts[0].text + "=" + object.parts[1].text;
}

// The value in one line, where it has such a form.
std::optional<std::string> in_line(const node& value) {
    switch (value.type) {
    case node::kind::leaf:
        return value.text;
    case node::kind::text:
        return std::nullopt;
    case node::kind::object:
        if (value.parts.empty())
            return "-";
        if (auto address = as_address(value))
            return address;
        return as_parameter(value);
    case node::kind::list:
        break;
    }
    std::vector<std::string> words;
    bool with_spaces = false;
    for (const node& each : value.parts) {
        auto word = in_line(each);
        if (!word)
            return std::nullopt;
        with_spaces = with_spaces || word->find(' ') != std::string::npos;
        words.push_back(std::move(*word));
    }
    if (words.empty())
        return "-";
    std::string line;
    for (const std::string& word : words)
        line.append(line.empty() ? "" : with_spaces ? ", " : " ").append(word);
    return line;
}

class renderer {
public:
    renderer(const painter& paint, std::size_t width) : paint_(paint), width_(width) {}

    std::string take() { return std::move(out_); }

    void value(const node& each, std::size_t indent) {
        if (auto text = in_line(each))
            return line(indent, *text);
        switch (each.type) {
        case node::kind::leaf:
            break;
        case node::kind::text:
            return lines(each.text, indent);
        case node::kind::object:
            return object(each, indent);
        case node::kind::list:
            return list(each, indent);
        }
    }

private:
    void line(std::size_t indent, std::string_view text) {
        out_.append(indent, ' ').append(text).append("\n");
    }

    void lines(std::string_view text, std::size_t indent) {
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            line(indent, text.substr(0, end));
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        }
    }

    void object(const node& each, std::size_t indent) {
        std::size_t widest = 0;
        for (const node& part : each.parts)
            widest = std::max(widest, part.name.size());
        for (const node& part : each.parts) {
            std::string name = printable(part.name);
            if (auto text = in_line(part)) {
                name.resize(widest, ' ');
                line(indent, paint_.dim(name) + "  " + *text);
                continue;
            }
            line(indent, paint_.dim(name));
            value(part, indent + 2);
        }
    }

    void list(const node& each, std::size_t indent) {
        if (table(each, indent))
            return;
        for (std::size_t i = 0; i < each.parts.size(); ++i) {
            const std::size_t start = out_.size();
            value(each.parts[i], indent + 2);
            if (out_.size() > start + indent)
                out_[start + indent] = '-';
        }
    }

    // Objects of one kind, whose fields each fit into a cell.
    bool table(const node& list, std::size_t indent) {
        std::vector<std::string> heads;
        std::vector<std::vector<std::string>> rows;
        for (const node& each : list.parts) {
            if (each.type != node::kind::object)
                return false;
            std::vector<std::string> row(heads.size());
            for (const node& part : each.parts) {
                auto text = in_line(part);
                if (!text)
                    return false;
                const auto column = static_cast<std::size_t>(
                    std::find(heads.begin(), heads.end(), part.name) - heads.begin());
                if (column == heads.size()) {
                    heads.push_back(part.name);
                    row.emplace_back();
                }
                row[column] = std::move(*text);
            }
            rows.push_back(std::move(row));
        }
        if (rows.size() < 2 || heads.size() > 9)
            return false;
        const std::vector<std::size_t> widths = column_widths(heads, rows, indent);
        line(indent, paint_.bold(cells(heads, widths)));
        for (const auto& row : rows)
            line(indent, cells(row, widths));
        return true;
    }

    std::vector<std::size_t> column_widths(const std::vector<std::string>& heads,
                                           const std::vector<std::vector<std::string>>& rows,
                                           std::size_t indent) {
        std::vector<std::size_t> widths;
        widths.reserve(heads.size());
        for (const std::string& head : heads)
            widths.push_back(display_width(head));
        for (const auto& row : rows)
            for (std::size_t i = 0; i < row.size(); ++i)
                widths[i] = std::max(widths[i], display_width(row[i]));
        constexpr std::size_t least = 8;
        const auto total = [&] {
            std::size_t sum = indent;
            for (const std::size_t each : widths)
                sum += each + 2;
            return sum - 2;
        };
        while (width_ != 0 && total() > width_) {
            const auto widest = std::max_element(widths.begin(), widths.end());
            if (*widest <= least)
                break;
            --*widest;
        }
        return widths;
    }

    static std::string cells(const std::vector<std::string>& row, const std::vector<std::size_t>& widths) {
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string cell = fit(row[i], widths[i]);
            text += cell;
            if (i + 1 < row.size())
                text.append(widths[i] - display_width(cell) + 2, ' ');
        }
        return text;
    }

    painter paint_;
    std::size_t width_;
    std::string out_;
};

// Several lines, each safe to print.
std::string printable_lines(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        std::string spaced;
        for (const char c : line)
            spaced.append(c == '\t' ? "    " : std::string_view(&c, 1));
        result.append(printable(spaced)).append("\n");
    }
    return result;
}

} // namespace

node& text_sink::add(node::kind type) {
    node* place = &root_;
    for (const std::size_t index : path_)
        place = &place->parts[index];
    place->parts.push_back({type, std::move(key_), {}, {}});
    key_.clear();
    return place->parts.back();
}

void text_sink::open(node::kind type) {
    add(type);
    node* place = &root_;
    for (const std::size_t index : path_)
        place = &place->parts[index];
    path_.push_back(place->parts.size() - 1);
}

void text_sink::close() {
    path_.pop_back();
}

void text_sink::leaf(std::string text) {
    add(node::kind::leaf).text = std::move(text);
}

void text_sink::string(std::string_view octets) {
    if (octets.find('\n') != std::string_view::npos)
        add(node::kind::text).text = printable_lines(octets);
    else
        leaf(printable(octets));
}

std::string text_sink::take() {
    renderer out(paint_, width_);
    for (const node& each : root_.parts)
        if (each.type != node::kind::list || !each.parts.empty())
            out.value(each, 0);
    root_.parts.clear();
    path_.clear();
    return out.take();
}

} // namespace coimap::tools
