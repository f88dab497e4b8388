#include "minimeta/time.hpp"

#include <type_traits>

#include "catch.hpp"

using minimeta::Duration;
using minimeta::Time;
using minimeta::WallTime;

TEST_CASE("time is counted in nanoseconds") {
    CHECK(minimeta::milliseconds(3).nanoseconds == 3'000'000);
    CHECK(minimeta::seconds(2) == minimeta::milliseconds(2'000));
    CHECK(minimeta::seconds(2) * 3 == minimeta::seconds(6));
}

TEST_CASE("points in time differ by spans") {
    const Time noon{1'000};
    CHECK(noon + Duration{5} == Time{1'005});
    CHECK(noon - Duration{5} == Time{995});
    CHECK((noon + Duration{5}) - noon == Duration{5});
    CHECK(noon - (noon + Duration{5}) == Duration{-5});
    CHECK(noon < noon + Duration{1});
}

TEST_CASE("civil time can be compared and put in order, and is not a room's time") {
    CHECK(WallTime{} == WallTime{0});
    CHECK(WallTime{-1} < WallTime{});
    CHECK(WallTime{1} > WallTime{});
    static_assert(!std::is_convertible_v<WallTime, Time> && !std::is_convertible_v<Time, WallTime>);
}

static_assert(minimeta::seconds(1) > minimeta::milliseconds(999));

TEST_CASE("a span is clamped to the nearest bound") {
    using minimeta::clamp;
    const minimeta::Duration least = minimeta::seconds(1), most = minimeta::seconds(3);
    CHECK((clamp(minimeta::seconds(2), least, most) == minimeta::seconds(2)));
    CHECK((clamp(minimeta::Duration{}, least, most) == least));
    CHECK((clamp(minimeta::seconds(9), least, most) == most));
}
