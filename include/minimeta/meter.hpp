// How fast one may go: a rate with a burst, kept in one number a connection.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "minimeta/time.hpp"

namespace minimeta {

/// Admits `per_second` events a second for long, and `burst` at once after a pause.
struct Rate {
    std::uint32_t per_second = 0;  ///< 0 admits everything
    std::uint32_t burst = 1;       ///< at least 1, which 0 counts as
};

/// One connection's use of a Rate, by the generic cell rate algorithm in its virtual scheduling form (ITU-T I.371,
/// annex A): a token bucket that stores only when it will be full again.
class Meter {
public:
    /// Whether one more event fits the rate now. If it does not, it is not counted.
    bool admit(Time now, Rate rate) {
        if (rate.per_second == 0) return true;
        const Duration interval{seconds(1).nanoseconds / rate.per_second};
        const Time since = std::max(full_, now);
        if (since - now > interval * (std::max(rate.burst, 1u) - 1)) return false;
        full_ = since + interval;
        return true;
    }

    /// Whether the whole burst may be used again.
    [[nodiscard]] bool rested(Time now) const { return full_ <= now; }

private:
    Time full_{std::numeric_limits<std::int64_t>::min()};  // wherever the clock begins
};

}  // namespace minimeta
