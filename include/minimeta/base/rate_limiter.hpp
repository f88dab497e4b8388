// A rate limiter: a token bucket in one number, by the generic cell rate algorithm in its virtual scheduling form (ITU-T
// I.371, annex A), which stores only when the bucket will be full again.
#pragma once

#include <cstdint>
#include <limits>

#include "minimeta/time.hpp"

namespace minimeta {

/// `per_second` events a second in the long run, and `burst` at once after a pause.
struct Rate {
    std::uint32_t per_second = 0;  ///< 0 admits everything
    std::uint32_t burst = 1;       ///< at least 1, which 0 counts as
};

/// One connection's use of a Rate.
class RateLimiter {
public:
    /// Counts one more event and returns true, or returns false, without effect, if it would exceed the rate.
    bool admit(Time now, Rate rate) {
        if (rate.per_second == 0) return true;
        const Duration interval{seconds(1).nanoseconds / rate.per_second};
        const Time since = full_ < now ? now : full_;
        if (since - now > interval * (rate.burst > 1 ? rate.burst - 1 : 0)) return false;
        full_ = since + interval;
        return true;
    }

    /// Whether the bucket is full: the whole burst may be used again.
    [[nodiscard]] bool rested(Time now) const { return full_ <= now; }

private:
    Time full_{std::numeric_limits<std::int64_t>::min()};  // before any clock begins
};

}  // namespace minimeta
