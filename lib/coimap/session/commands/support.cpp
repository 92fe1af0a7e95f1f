#include "coimap/session/commands/support.hpp"

namespace coimap::commands {

std::string mask(std::string_view text, std::string_view secret) {
    if (secret.empty())
        return std::string(text);
    std::string masked;
    for (;;) {
        const auto found = text.find(secret);
        masked += text.substr(0, found);
        if (found == std::string_view::npos)
            return masked;
        masked += "***";
        text.remove_prefix(found + secret.size());
    }
}

} // namespace coimap::commands
