#include "minimeta/base/rate_limiter.hpp"

#include <algorithm>
#include <cstdint>
#include <random>

#include "catch.hpp"

using minimeta::Duration;
using minimeta::milliseconds;
using minimeta::Rate;
using minimeta::RateLimiter;
using minimeta::seconds;
using minimeta::Time;

namespace {

int admitted_at_once(RateLimiter& limiter, Time now, Rate rate, int tries = 1000) {
    int count = 0;
    for (int i = 0; i < tries; ++i) count += limiter.admit(now, rate) ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("after a pause a burst is admitted, and not one more") {
    RateLimiter limiter;
    const Rate rate{.per_second = 10, .burst = 20};
    CHECK(admitted_at_once(limiter, Time{}, rate) == 20);
    CHECK(admitted_at_once(limiter, Time{} + milliseconds(99), rate) == 0);
    CHECK(admitted_at_once(limiter, Time{} + milliseconds(100), rate) == 1);
    CHECK(admitted_at_once(limiter, Time{} + seconds(1), rate) == 9);
    CHECK(admitted_at_once(limiter, Time{} + seconds(1000), rate) == 20);
}

TEST_CASE("in the long run the rate is kept") {
    RateLimiter limiter;
    const Rate rate{.per_second = 10, .burst = 5};
    int count = 0;
    for (int i = 0; i < 60'000; ++i) count += limiter.admit(Time{} + milliseconds(i), rate) ? 1 : 0;
    CHECK(count == 10 * 60 + 5 - 1);
}

TEST_CASE("what is refused does not count") {
    RateLimiter patient, impatient;
    const Rate rate{.per_second = 1, .burst = 1};
    CHECK(patient.admit(Time{}, rate));
    CHECK(admitted_at_once(impatient, Time{}, rate) == 1);
    CHECK(patient.admit(Time{} + seconds(1), rate));
    CHECK(impatient.admit(Time{} + seconds(1), rate));
}

TEST_CASE("no rate admits everything") {
    RateLimiter limiter;
    CHECK(admitted_at_once(limiter, Time{}, {.per_second = 0, .burst = 1}) == 1000);
}

TEST_CASE("a burst of 0 counts as 1") {
    RateLimiter limiter;
    CHECK(admitted_at_once(limiter, Time{}, {.per_second = 10, .burst = 0}) == 1);
}

TEST_CASE("it does not matter where the clock begins") {
    const auto origin = GENERATE(std::int64_t{-5'000'000'000'000'000'000}, std::int64_t{-1}, std::int64_t{0},
                                 std::int64_t{5'000'000'000'000'000'000});
    RateLimiter limiter;
    CHECK(admitted_at_once(limiter, Time{origin}, {.per_second = 10, .burst = 3}) == 3);
}

TEST_CASE("the greatest rate and burst do not overflow") {
    RateLimiter limiter;
    CHECK(limiter.admit(Time{}, {.per_second = 1, .burst = UINT32_MAX}));
    CHECK(limiter.admit(Time{} + seconds(1), {.per_second = UINT32_MAX, .burst = UINT32_MAX}));
}

TEST_CASE("a rate limiter agrees with a token bucket") {
    const auto seed = GENERATE(range(1u, 11u));
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const auto below = [&](std::int64_t n) { return std::uniform_int_distribution<std::int64_t>(0, n - 1)(random); };

    const Rate rate{.per_second = seed % 2 == 0 ? 4u : 10u, .burst = seed};
    const std::int64_t price = 1'000'000'000 / rate.per_second;
    std::int64_t tokens = price * rate.burst;  // in nanoseconds of waiting
    RateLimiter limiter;
    Time now{below(1'000'000)};
    for (int i = 0; i < 5000; ++i) {
        const Duration pause{below(4) == 0 ? below(5 * price) : below(price / 2)};
        now = now + pause;
        tokens = std::min(tokens + pause.nanoseconds, price * rate.burst);
        const bool expected = tokens >= price;
        REQUIRE(limiter.admit(now, rate) == expected);
        if (expected) tokens -= price;
    }
}
