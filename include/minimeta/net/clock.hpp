// The clocks of the system, as the room's own times. (<chrono> costs as much to compile as the rest of net/.)
#pragma once

#include <time.h>

#include <cstdint>

#include "minimeta/time.hpp"

namespace minimeta::net {

/// Nanoseconds on one of the clocks of POSIX clock_gettime, which never fails for those used here.
inline std::int64_t clock_nanoseconds(clockid_t clock) noexcept {
    timespec now{};
    (void)::clock_gettime(clock, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

/// The time on the clock that never goes back.
inline Time monotonic_time() noexcept { return {clock_nanoseconds(CLOCK_MONOTONIC)}; }

/// The civil time.
inline WallTime wall_time() noexcept { return {clock_nanoseconds(CLOCK_REALTIME)}; }

}  // namespace minimeta::net
