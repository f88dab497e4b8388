#include "minimeta/chrono.hpp"

#include <chrono>

#include "catch.hpp"

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;

TEST_CASE("a point on the steady clock becomes a room's time and back") {
    const clock_type::time_point now(std::chrono::duration_cast<clock_type::duration>(1234567890ns));
    CHECK(minimeta::time_of(now).nanoseconds == 1'234'567'890);
    CHECK((minimeta::time_point_of(minimeta::time_of(now)) == now));
    CHECK(minimeta::time_of(now + 3s) - minimeta::time_of(now) == minimeta::seconds(3));
}

TEST_CASE("a point on the system's clock becomes civil time, also before 1970") {
    using system = std::chrono::system_clock;
    const auto at = [](std::chrono::microseconds since_1970) {
        return minimeta::wall_time_of(system::time_point(std::chrono::duration_cast<system::duration>(since_1970)));
    };
    CHECK(at(0us) == minimeta::WallTime{});
    CHECK(at(1'795'442'602'000'001us).nanoseconds == 1'795'442'602'000'001'000);
    CHECK(at(-1us).nanoseconds == -1'000);
}

TEST_CASE("a span of time converts from whatever unit") {
    CHECK(minimeta::duration_of(2s) == minimeta::seconds(2));
    CHECK(minimeta::duration_of(1min) == minimeta::seconds(60));
    CHECK(minimeta::duration_of(std::chrono::duration<double>(0.25)) == minimeta::milliseconds(250));
}
