// What nearly every file of the program includes, read once instead of in each. Every file still names what
// it uses: tools/check builds with clang and without this.
#include "coimap/coimap.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
