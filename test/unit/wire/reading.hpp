#pragma once
// Table tests of the parser: a response, and all that it tells, as JSON.

#include "support/json_sink.hpp"

#include "coimap/wire/kept.hpp"
#include "coimap/wire/response.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace coimap::test {

struct reading {
    std::string_view why;
    std::string bytes;
    std::string_view json;
};

/// Reads from a block of the very size, so that a read past its end is found.
inline std::string read(std::string_view bytes, const wire::parse_options& options = {}) {
    const auto exact = std::make_unique<char[]>(bytes.size());
    std::copy(bytes.begin(), bytes.end(), exact.get());
    arena memory;
    return to_json(wire::parse_response({exact.get(), bytes.size()}, memory, options));
}

inline void check_readings(std::span<const reading> rows) {
    for (const reading& row : rows) {
        BOOST_TEST_INFO(row.why);
        BOOST_TEST(read(row.bytes) == row.json);
        // A kept response tells the same, and a response cut anywhere is read without harm.
        const auto kept = wire::kept_response::parse(row.bytes, {});
        BOOST_TEST(to_json(*kept) == row.json);
        for (std::size_t size = 0; size < row.bytes.size(); ++size)
            read(std::string_view(row.bytes).substr(0, size));
    }
}

} // namespace coimap::test
