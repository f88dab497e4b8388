#include "minimeta/base/partition_point.hpp"

#include <cstddef>

#include "catch.hpp"

TEST_CASE("the first index that is not before is found, in few steps") {
    for (std::size_t size = 0; size <= 40; ++size)
        for (std::size_t wanted = 0; wanted <= size; ++wanted) {
            int steps = 0;
            CHECK(minimeta::partition_point(size, [&](std::size_t i) { return ++steps, i < wanted; }) == wanted);
            CHECK(steps <= 6);
        }
}
