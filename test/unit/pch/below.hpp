// What nearly every test below the I/O line includes, read once instead of in each file. Every file still
// names what it uses: tools/check builds with clang and without this.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>
