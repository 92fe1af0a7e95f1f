// What the tests against real servers include, read once instead of in each file.
#include "integration/run.hpp"
#include "coimap/coimap.hpp"

#include <boost/test/unit_test.hpp>
