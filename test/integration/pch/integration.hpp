// What the tests against real servers include, read once instead of in each file.
#include "coimap/coimap.hpp"
#include "integration/run.hpp"

#include <boost/test/unit_test.hpp>
