#include "coimap/session/commands/id.hpp"

#include "coimap/core/ascii.hpp"
#include "coimap/session/commands/support.hpp"

#include <algorithm>

namespace coimap::commands {

namespace {

// RFC 2971 section 3.3.
constexpr std::size_t most_fields = 30;
constexpr std::size_t longest_name = 30;
constexpr std::size_t longest_value = 1024;

bool has_control(std::string_view text) noexcept {
    return std::any_of(text.begin(), text.end(), is_control);
}

} // namespace

bool id_command::legal() const {
    if (parameters_.size() > most_fields)
        return false;
    for (auto each = parameters_.begin(); each != parameters_.end(); ++each) {
        const auto& [name, value] = *each;
        if (name.empty() || name.size() > longest_name || has_control(name))
            return false;
        if (value && (value->size() > longest_value || has_control(*value)))
            return false;
        const auto is_same = [&name = name](const auto& other) { return iequals(other.first, name); };
        if (std::any_of(parameters_.begin(), each, is_same))
            return false;
    }
    return true;
}

std::error_code id_command::write(wire::command_writer& out, const session_context& context) {
    if (!context.caps().has("ID"))
        return errc::not_supported;
    if (!legal())
        return errc::invalid_argument;
    out.raw("ID ");
    if (parameters_.empty()) {
        out.nil();
        return {};
    }
    out.open();
    bool first = true;
    for (const auto& [name, value] : parameters_) {
        if (!std::exchange(first, false))
            out.sp();
        out.string(name).sp();
        if (value)
            out.string(*value);
        else
            out.nil();
    }
    out.close();
    return {};
}

claim id_command::on_untagged(const wire::response& response, session_context& context) {
    if (!response.as<id_data>())
        return claim::not_mine;
    result_ = kept<id_data>(context.keep(response));
    return claim::mine;
}

} // namespace coimap::commands
