// Time types: integer nanoseconds, always passed as arguments. The core never reads a clock.
//
// <chrono> is among the headers that cost most to compile, so the core does without it; chrono.hpp converts.
#pragma once

#include <compare>
#include <cstdint>

namespace minimeta {

/// A span of time.
struct Duration {
    std::int64_t nanoseconds = 0;

    friend constexpr auto operator<=>(Duration, Duration) = default;
    friend constexpr Duration operator*(Duration d, std::int64_t n) { return {d.nanoseconds * n}; }
};

/// The span within these bounds that is nearest to `d`.
constexpr Duration clamp(Duration d, Duration least, Duration most) { return d < least ? least : d > most ? most : d; }

/// A point on a monotonic clock. Its origin does not matter, as long as a room is always given the same clock.
struct Time {
    std::int64_t nanoseconds = 0;

    friend constexpr auto operator<=>(Time, Time) = default;
    friend constexpr Time operator+(Time t, Duration d) { return {t.nanoseconds + d.nanoseconds}; }
    friend constexpr Time operator-(Time t, Duration d) { return {t.nanoseconds - d.nanoseconds}; }
    friend constexpr Duration operator-(Time a, Time b) { return {a.nanoseconds - b.nanoseconds}; }
};

/// A point of civil time: since 1970-01-01 00:00 UTC, without leap seconds, as POSIX counts. It may go back, so a room
/// orders nothing by it. {} is unknown.
struct WallTime {
    std::int64_t nanoseconds = 0;

    friend constexpr auto operator<=>(WallTime, WallTime) = default;
};

constexpr Duration milliseconds(std::int64_t n) { return {n * 1'000'000}; }
constexpr Duration seconds(std::int64_t n) { return {n * 1'000'000'000}; }

}  // namespace minimeta
