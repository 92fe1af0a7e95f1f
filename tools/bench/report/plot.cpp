#include "bench/report/plot.hpp"

#include "bench/report/columns.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace coimap::tools::bench {
namespace {

constexpr double width = 760;
constexpr double left = 170;
constexpr double right = 90;

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text)
        safe += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
    return safe;
}

std::string text_at(double x, double y, std::string_view text, std::string_view anchor,
                    std::string_view extra = {}) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + std::string(anchor) +
           "\"" + std::string(extra) + ">" + escaped(text) + "</text>\n";
}

std::string line_at(double x1, double y1, double x2, double y2, std::string_view colour) {
    return "<line x1=\"" + number(x1) + "\" y1=\"" + number(y1) + "\" x2=\"" + number(x2) + "\" y2=\"" +
           number(y2) + "\" stroke=\"" + std::string(colour) + "\"/>\n";
}

std::string begin(double height, std::string_view title) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(width) + " " + number(height) +
           "\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" "
           "fill=\"#ffffff\"/>\n" +
           text_at(16, 24, title, "start", " font-size=\"15\" font-weight=\"bold\"");
}

/// Powers of ten around the values.
struct scale {
    double low;
    double high;
    double from;
    double to;

    scale(double least, double most, double start, double end)
        : low(std::floor(std::log10(std::max(least, 1e-9)))),
          high(std::ceil(std::log10(std::max(most, 1e-9)))), from(start), to(end) {
        if (high <= low)
            high = low + 1;
    }
    double place(double value) const {
        const double share = (std::log10(std::max(value, 1e-9)) - low) / (high - low);
        return from + std::clamp(share, 0.0, 1.0) * (to - from);
    }
};

std::string power(double exponent) {
    return rounded(std::pow(10.0, exponent));
}

constexpr std::string_view colours[] = {"#1f6fb4", "#9aa3ab", "#d1702a", "#3c9a5f", "#8a5bb5"};

std::string_view colour_of(std::string_view label) {
    return label.starts_with("coimap")                     ? colours[0]
           : label.starts_with("raw") || label == "memchr" ? colours[3]
                                                           : colours[1];
}

} // namespace

void line_plot::add(std::string_view label, double x, double y) {
    for (line& each : lines)
        if (each.label == label)
            return each.points.emplace_back(x, y), void();
    lines.push_back({std::string(label), {{x, y}}});
}

std::string svg_of(const plot& bars) {
    constexpr double row = 22;
    constexpr double top = 44;
    const double bottom = top + row * static_cast<double>(bars.values.size());
    double least = 1e300;
    double most = 0;
    for (const auto& each : bars.values) {
        if (each.value > 0)
            least = std::min(least, each.value);
        most = std::max(most, each.value);
    }
    if (most == 0)
        least = most = 1;
    const scale across(least, most, left, width - right);
    std::string out = begin(bottom + 44, bars.title);
    for (double exponent = across.low; exponent <= across.high; ++exponent) {
        const double x = across.place(std::pow(10.0, exponent));
        out += line_at(x, top - 6, x, bottom, "#e3e6e8") + text_at(x, bottom + 16, power(exponent), "middle");
    }
    out += text_at((left + width - right) / 2, bottom + 34, bars.unit + ", logarithmic; less is better",
                   "middle");
    double y = top;
    for (const auto& each : bars.values) {
        const double end = std::max(across.place(each.value), left + 2);
        out += text_at(left - 8, y + 15, each.label, "end");
        out += "<rect x=\"" + number(left) + "\" y=\"" + number(y + 3) + "\" width=\"" + number(end - left) +
               "\" height=\"" + number(row - 6) + "\" fill=\"" + std::string(colour_of(each.label)) +
               "\"/>\n";
        out += text_at(end + 6, y + 15, rounded(each.value), "start");
        y += row;
    }
    return out + "</svg>\n";
}

std::string svg_of(const line_plot& lines) {
    constexpr double top = 44;
    constexpr double bottom = 320;
    double x_least = 1e300;
    double x_most = 0;
    double y_least = 1e300;
    double y_most = 0;
    for (const auto& line : lines.lines)
        for (const auto& [x, y] : line.points) {
            x_least = std::min(x_least, x);
            x_most = std::max(x_most, x);
            if (y > 0)
                y_least = std::min(y_least, y);
            y_most = std::max(y_most, y);
        }
    const scale across(x_least, x_most, left, width - right);
    const scale up(y_least, y_most, bottom, top);
    std::string out = begin(bottom + 44, lines.title);
    for (double exponent = across.low; exponent <= across.high; ++exponent) {
        const double x = across.place(std::pow(10.0, exponent));
        out += line_at(x, top, x, bottom, "#e3e6e8") + text_at(x, bottom + 16, power(exponent), "middle");
    }
    for (double exponent = up.low; exponent <= up.high; ++exponent) {
        const double y = up.place(std::pow(10.0, exponent));
        out +=
            line_at(left, y, width - right, y, "#e3e6e8") + text_at(left - 8, y + 4, power(exponent), "end");
    }
    out += text_at((left + width - right) / 2, bottom + 34,
                   "count; " + lines.unit + " upwards; both logarithmic", "middle");
    std::size_t next = 0;
    for (const auto& line : lines.lines) {
        const std::string colour(colours[next++ % std::size(colours)]);
        std::string path;
        for (const auto& [x, y] : line.points) {
            path += (path.empty() ? "M" : " L") + number(across.place(x)) + "," + number(up.place(y));
            out += "<circle cx=\"" + number(across.place(x)) + "\" cy=\"" + number(up.place(y)) +
                   "\" r=\"3\" fill=\"" + colour + "\"/>\n";
        }
        out += "<path d=\"" + path + "\" fill=\"none\" stroke=\"" + colour + "\" stroke-width=\"2\"/>\n";
        const auto& [x, y] = line.points.back();
        out += text_at(across.place(x) + 8, up.place(y) + 4, line.label, "start", " fill=\"" + colour + "\"");
    }
    return out + "</svg>\n";
}

} // namespace coimap::tools::bench
