// The entry point of the integration tests: the library against real servers.

#define BOOST_TEST_MODULE coimap
#include <boost/test/unit_test.hpp>
