#include "minimeta/net/clock.hpp"

#include <chrono>

#include "catch.hpp"
#include "minimeta/chrono.hpp"

TEST_CASE("the clocks are those of the standard library, between two looks at them") {
    using std::chrono::steady_clock, std::chrono::system_clock;
    const auto steady = minimeta::time_of(steady_clock::now());
    const auto wall = minimeta::wall_time_of(system_clock::now());
    const auto monotonic = minimeta::net::monotonic_time();
    const auto civil = minimeta::net::wall_time();
    CHECK((steady <= monotonic));
    CHECK((monotonic <= minimeta::time_of(steady_clock::now())));
    CHECK((civil.nanoseconds - wall.nanoseconds < 10'000'000'000));  // it may be set meanwhile
    CHECK((wall.nanoseconds - civil.nanoseconds < 10'000'000'000));
}
