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
        if (admits_at(now, rate) > now) return false;
        charge(now, rate, 1);
        return true;
    }

    /// Counts events that happened, whether they exceed the rate or not.
    void charge(Time now, Rate rate, std::uint32_t events) {
        if (rate.per_second != 0) full_ = (full_ < now ? now : full_) + interval(rate) * events;
    }

    /// When one more event is admitted: `now`, or later.
    [[nodiscard]] Time admits_at(Time now, Rate rate) const {
        if (rate.per_second == 0 || rested(now)) return now;
        const Time at = full_ - interval(rate) * (rate.burst > 1 ? rate.burst - 1 : 0);
        return at < now ? now : at;
    }

    /// Whether the bucket is full: the whole burst may be used again.
    [[nodiscard]] bool rested(Time now) const { return full_ <= now; }

private:
    [[nodiscard]] static Duration interval(Rate rate) { return {seconds(1).nanoseconds / rate.per_second}; }

    Time full_{(std::numeric_limits<std::int64_t>::min)()};  // before any clock begins
};

}  // namespace minimeta
