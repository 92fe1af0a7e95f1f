#include "support/base64.hpp"

#include <openssl/evp.h>

namespace coimap::test {

std::string base64(std::string_view bytes) {
    std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0'); // it ends its work with a NUL
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::string base64_lines(std::string_view bytes) {
    const auto text = base64(bytes);
    std::string lines;
    lines.reserve(text.size() + text.size() / 38 + 2);
    for (std::size_t at = 0; at < text.size(); at += 76) {
        lines.append(text, at, 76);
        lines += "\r\n";
    }
    return lines;
}

} // namespace coimap::test
