// The entry point of the executables that hold test cases.

#include <boost/test/unit_test.hpp>

static bool name_the_suite() {
    boost::unit_test::framework::master_test_suite().p_name.value = "coimap";
    return true;
}

// Written out: the macro that would write it has to stand before an include that is precompiled.
int main(int argc, char** argv) {
    return boost::unit_test::unit_test_main(&name_the_suite, argc, argv);
}
