// The entry point of each unit test executable; the cases lie in the folders beside it, one a floor.

#define BOOST_TEST_MODULE coimap
#include <boost/test/unit_test.hpp>
