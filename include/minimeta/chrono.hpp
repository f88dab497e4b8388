// Conversions between std::chrono and the time types of a room. Opt-in: minimeta.hpp does not include them.
#pragma once

#include <chrono>

#include "minimeta/time.hpp"

namespace minimeta {

/// Converts a point on the steady clock: `room.advance(time_of(std::chrono::steady_clock::now()))`.
inline Time time_of(std::chrono::steady_clock::time_point t) {
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(t.time_since_epoch()).count()};
}

/// Converts back, for an event loop that sleeps until `room.next_deadline()`.
inline std::chrono::steady_clock::time_point time_point_of(Time t) {
    using clock = std::chrono::steady_clock;
    return clock::time_point(std::chrono::duration_cast<clock::duration>(std::chrono::nanoseconds(t.nanoseconds)));
}

/// Converts civil time: `room.advance(time_of(steady_clock::now()), wall_time_of(system_clock::now()))`.
inline WallTime wall_time_of(std::chrono::system_clock::time_point t) {
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(t.time_since_epoch()).count()};
}

/// Converts a span of time, rounded towards zero to nanoseconds.
template <class Rep, class Period>
constexpr Duration duration_of(std::chrono::duration<Rep, Period> d) {
    return {std::chrono::duration_cast<std::chrono::nanoseconds>(d).count()};
}

}  // namespace minimeta
